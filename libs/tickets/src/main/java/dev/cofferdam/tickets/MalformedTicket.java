// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.tickets;

/** The text is no ticket of ours; the message never repeats the text. */
final class MalformedTicket extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedTicket(String message) {
    super(message);
  }
}
