// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.partidentity;

/** The part has no certificate, or one that is not worth anything. It must not run without. */
public final class IdentityException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public IdentityException(String message) {
    super(message);
  }

  public IdentityException(String message, Throwable cause) {
    super(message, cause);
  }
}
