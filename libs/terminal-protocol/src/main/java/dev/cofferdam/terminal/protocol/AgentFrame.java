// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.terminal.protocol;

/** What an agent sends to a view. */
public sealed interface AgentFrame extends Frame {

  /** Bytes of the terminal's output; {@code offset} is the absolute offset of the first. */
  record Output(long offset, byte[] bytes) implements AgentFrame {
    @Override
    public String toString() {
      return "Output[offset=" + offset + ", " + bytes.length + " bytes]";
    }
  }

  /** What was wanted is no longer retained: clear the screen, output goes on at this offset. */
  record Reset(long offset) implements AgentFrame {}

  /**
   * The view is attached; {@code oldest} and {@code head} bound what is retained: [oldest, head).
   */
  record Attached(long oldest, long head, int columns, int rows) implements AgentFrame {}

  /** The program ended: 0..255 an exit status, 128 + n a signal n. */
  record Exited(int code) implements AgentFrame {}

  /** Seconds until the idle lock, and from how many seconds on a page should warn. */
  record Status(int idleSecondsLeft, int warnSeconds) implements AgentFrame {}

  record Pong(long nonce) implements AgentFrame {}

  /** Another view has changed the size. */
  record Resized(int columns, int rows) implements AgentFrame {}

  /** The last frame of a view: the gateway closes the socket with this code and reason. */
  record Closed(int code, String reason) implements AgentFrame {}
}
