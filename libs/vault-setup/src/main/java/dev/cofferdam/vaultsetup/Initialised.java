// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.vaultsetup;

import dev.cofferdam.secrets.SecretBytes;

/**
 * The only time that these two are told.
 *
 * @param unsealKey base64 text, as a person has to type it
 * @param rootToken good until {@link VaultAdmin#setUp} revokes it
 */
public record Initialised(SecretBytes unsealKey, SecretBytes rootToken) implements AutoCloseable {
  @Override
  public void close() {
    unsealKey.close();
    rootToken.close();
  }
}
