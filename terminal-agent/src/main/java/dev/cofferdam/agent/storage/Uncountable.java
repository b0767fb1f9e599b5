// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.storage;

/** Nobody can say what is used. */
final class Uncountable extends Exception {
  private static final long serialVersionUID = 1L;

  Uncountable(String message) {
    super(message);
  }
}
