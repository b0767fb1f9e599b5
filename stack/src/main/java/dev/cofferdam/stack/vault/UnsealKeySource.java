// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.vault;

import dev.cofferdam.secrets.SecretBytes;
import java.util.function.Predicate;

/** Where the unseal key comes from and who is told a new one. */
public interface UnsealKeySource {

  /**
   * The key that passes the test; the caller owns it.
   *
   * @throws dev.cofferdam.stack.process.StartFailure if none does
   */
  SecretBytes find(Predicate<SecretBytes> fits);

  /** There is a new key, shown once. Returns only if there is somebody to read it. */
  void tell(SecretBytes fresh);

  /** What was told before opens nothing any more: its Vault is thrown away. */
  void voidEarlier();
}
