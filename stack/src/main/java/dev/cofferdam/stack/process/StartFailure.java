// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.process;

/** The stack can't be started; the message is for the person who started it and has no secret. */
public final class StartFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StartFailure(String message) {
    super(message);
  }

  public StartFailure(String message, Throwable cause) {
    super(message, cause);
  }

  public String text() {
    String message = getMessage();
    return message == null ? "failed" : message;
  }
}
