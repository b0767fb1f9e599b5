// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.outbox;

/** The database did not take or give an event. */
public final class OutboxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutboxException(String message, Throwable cause) {
    super(message, cause);
  }
}
