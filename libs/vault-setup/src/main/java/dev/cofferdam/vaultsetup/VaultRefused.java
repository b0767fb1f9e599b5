// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.vaultsetup;

/** Vault refuses, or its answer is not what was asked for. Trying again does not help. */
public final class VaultRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  VaultRefused(String message) {
    super(message);
  }

  VaultRefused(String message, Throwable cause) {
    super(message, cause);
  }
}
