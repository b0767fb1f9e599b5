// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

/** A server for a test could not be had; the message says what to do or what it wrote last. */
public final class TestkitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TestkitException(String message) {
    super(message);
  }

  TestkitException(String message, Throwable cause) {
    super(message, cause);
  }
}
