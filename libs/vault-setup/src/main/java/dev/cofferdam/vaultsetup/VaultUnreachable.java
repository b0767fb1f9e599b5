// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.vaultsetup;

/** Vault does not answer, or answers that it can't now: sealed, starting, in trouble. Try again. */
public final class VaultUnreachable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  VaultUnreachable(String message) {
    super(message);
  }

  VaultUnreachable(String message, Throwable cause) {
    super(message, cause);
  }
}
