// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.process;

/** A command of the system did not do its work. */
public final class CommandException extends RuntimeException {
  CommandException(String message) {
    super(message);
  }

  CommandException(String message, Throwable cause) {
    super(message, cause);
  }
}
