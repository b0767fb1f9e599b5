// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.events;

/** A record that is no event of this contract; it is put aside, never guessed at. */
public final class MalformedEvent extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedEvent(String message) {
    super(message);
  }

  MalformedEvent(String message, Throwable cause) {
    super(message, cause);
  }
}
