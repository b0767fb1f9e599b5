// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.command;

/** The command line is wrong; the message is one line that says how. */
public final class WrongUsage extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WrongUsage(String message) {
    super(message);
  }
}
