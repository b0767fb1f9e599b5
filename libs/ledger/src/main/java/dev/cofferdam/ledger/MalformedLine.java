// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ledger;

/** A line that is neither an entry nor a head. */
public final class MalformedLine extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedLine(String message) {
    super(message);
  }

  MalformedLine(String message, Throwable cause) {
    super(message, cause);
  }
}
