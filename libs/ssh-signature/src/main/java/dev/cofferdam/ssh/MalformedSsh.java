// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ssh;

/** The text or bytes are nothing we accept; the message names the rule and never repeats them. */
public final class MalformedSsh extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedSsh(String message) {
    super(message);
  }

  MalformedSsh(String message, Throwable cause) {
    super(message, cause);
  }
}
