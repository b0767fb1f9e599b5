// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.partidentity;

import dev.cofferdam.vaultsetup.PartLogin;
import java.time.Duration;

/** Signed in to Vault as the part itself, whose policy allows its own certificate and no other. */
record VaultSigner(PartLogin login) implements Signer {
  @Override
  public String sign(PartName part, String request, Duration life) {
    return login.certificate(part.word(), part.commonName(), request, life);
  }

  @Override
  public void stayKnown() {
    login.renew();
  }
}
