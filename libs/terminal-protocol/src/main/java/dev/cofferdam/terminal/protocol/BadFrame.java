// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.terminal.protocol;

/** The bytes are no frame of this protocol; the message names the rule and never the content. */
public final class BadFrame extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadFrame(String message) {
    super(message);
  }
}
