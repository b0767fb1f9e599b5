// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.partidentity;

/** A signature under which nobody of us says what it is said to say. */
public final class StatementRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StatementRefused(String why) {
    super("the signature " + why);
  }

  StatementRefused(String why, Throwable cause) {
    super("the signature " + why, cause);
  }
}
