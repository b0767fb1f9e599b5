// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.terminal.protocol;

/** The bytes are no frame of this protocol; the message names the rule and never the content. */
public final class BadFrame extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final CloseCode closeCode;

  public BadFrame(String message) {
    this(CloseCode.BAD_FRAME, message);
  }

  BadFrame(CloseCode closeCode, String message) {
    super(message);
    this.closeCode = closeCode;
  }

  /** What to close the connection with: 1009 for a frame that is too big, else 1003. */
  public CloseCode closeCode() {
    return closeCode;
  }
}
