// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.terminal.protocol;

/** The bounds of the protocol; each is reached by a test where it is enforced. */
public final class Limits {
  /** Payload of one frame towards the agent, bytes. */
  public static final int LARGEST_INBOUND_PAYLOAD_BYTES = 64 * 1024;

  /** Payload of one Output frame, bytes: what one read of a PTY may bring. */
  public static final int LARGEST_OUTPUT_BYTES = 64 * 1024;

  /** A whole frame with its type and the largest fixed fields, bytes. */
  public static final int LARGEST_FRAME_BYTES = 64 * 1024 + 64;

  public static final int LARGEST_COLUMNS = 1000;
  public static final int LARGEST_ROWS = 500;

  /** Terminals of one session. */
  public static final int MOST_TERMINALS = 32;

  /** Views (attached clients) of one terminal. */
  public static final int MOST_VIEWS = 8;

  /** Output kept for re-attaching, bytes of one terminal. */
  public static final int SCROLLBACK_BYTES = 2 * 1024 * 1024;

  /** Output that one view may have unacknowledged before its terminal waits, bytes. */
  public static final int WINDOW_BYTES = 1024 * 1024;

  /** {@code Attach.offset} of a client that has nothing yet. */
  public static final long NO_OFFSET = -1L;

  private Limits() {}
}
