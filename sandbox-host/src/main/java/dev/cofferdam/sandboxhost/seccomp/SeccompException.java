// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.seccomp;

/** The filter could not be built, so no box may start. */
public final class SeccompException extends RuntimeException {
  SeccompException(String message) {
    super(message);
  }

  SeccompException(String message, Throwable cause) {
    super(message, cause);
  }
}
