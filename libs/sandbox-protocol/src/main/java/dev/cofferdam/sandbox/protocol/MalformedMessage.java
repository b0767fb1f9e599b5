// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandbox.protocol;

/** A line that is no message of this protocol. */
public final class MalformedMessage extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedMessage(String message) {
    super(message);
  }
}
