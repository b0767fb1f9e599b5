// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.terminal.protocol;

/** What a client may send on a view. A gateway passes these types on and closes on any other. */
public sealed interface ClientFrame extends Frame {

  /** Keystrokes or pasted text for the PTY; counts as activity. The array is owned by the frame. */
  record Input(byte[] bytes) implements ClientFrame {
    @Override
    public String toString() {
      return "Input[" + bytes.length + " bytes]";
    }
  }

  /** The window's size in cells, 1..1000 x 1..500. */
  record Resize(int columns, int rows) implements ClientFrame {
    public Resize {
      Sizes.require(columns, rows);
    }
  }

  /** Everything before this absolute offset was taken in. */
  record Ack(long offset) implements ClientFrame {}

  /** "I am still here": counts as activity, changes nothing else. */
  record Stay() implements ClientFrame {}

  /** Answered by {@link AgentFrame.Pong}; does not count as activity. */
  record Ping(long nonce) implements ClientFrame {}

  /**
   * Starts the view: send output from this absolute offset on.
   *
   * @param offset of the next byte wanted, or {@link Limits#NO_OFFSET} for all that is retained
   */
  record Attach(long offset, int columns, int rows) implements ClientFrame {
    public Attach {
      Sizes.require(columns, rows);
    }
  }
}
