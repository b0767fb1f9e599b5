// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.terminal.protocol;

import java.util.Optional;

/**
 * Why a terminal's socket was closed; codes are stable (RFC 6455 section 7.4: 4000-4999 are ours).
 */
public enum CloseCode {
  EXITED(1000, "the terminal's program has ended"),
  BAD_FRAME(1003, "a frame that this protocol does not know"),
  NOT_ALLOWED(1008, "signed out, locked or revoked"),
  TOO_BIG(1009, "a frame above 64 KiB"),
  TICKET_REFUSED(4401, "the ticket was refused"),
  NO_SUCH_TERMINAL(4404, "no such terminal"),
  TOO_SLOW(4408, "this view took nothing, or said nothing, for too long"),
  TOO_MANY_VIEWS(4409, "eight views are attached already"),
  LOCKED(4423, "the workspace was locked"),
  SANDBOX_GONE(4503, "the sandbox is gone");

  private final int code;
  private final String reason;

  CloseCode(int code, String reason) {
    this.code = code;
    this.reason = reason;
  }

  public int code() {
    return code;
  }

  /** English, under 123 bytes as a close frame demands. */
  public String reason() {
    return reason;
  }

  public static Optional<CloseCode> ofCode(int code) {
    for (CloseCode known : values()) {
      if (known.code == code) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }
}
