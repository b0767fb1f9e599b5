// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import dev.cofferdam.partidentity.IdentityException;
import dev.cofferdam.partidentity.PartIdentity;
import dev.cofferdam.partidentity.PartName;
import dev.cofferdam.partidentity.Pem;
import dev.cofferdam.partidentity.Renewal;
import dev.cofferdam.stack.process.StartFailure;
import dev.cofferdam.stack.vault.VaultKeeper;
import dev.cofferdam.vaultsetup.VaultRefused;
import dev.cofferdam.vaultsetup.VaultUnreachable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

/**
 * The certificates of the parts that can't ask Vault themselves, and the supervisor's own. In
 * memory; a part that is started again gets the one that it had while that is good for long.
 */
final class Identities {
  private final VaultKeeper vault;
  private final Duration life;
  private final Map<PartName, Renewal> begun = new EnumMap<>(PartName.class);

  /**
   * @param life of each certificate, at most a day
   */
  Identities(VaultKeeper vault, Duration life) {
    this.vault = vault;
    this.life = life;
  }

  /** What all certificates hang from, as PEM. */
  String authority() {
    return vault.authority();
  }

  Duration life() {
    return life;
  }

  /** With the newest credential there can be. */
  synchronized PartIdentity of(PartName part) {
    Renewal renewal = begun.computeIfAbsent(part, this::begin);
    try {
      renewal.renewIfDue();
    } catch (VaultUnreachable | VaultRefused | IdentityException | StartFailure e) {
      // Due long before its end: asked again next time, also if Vault is sealed by then.
      return renewal.identity();
    }
    return renewal.identity();
  }

  private Renewal begin(PartName part) {
    return Renewal.begin(
        part,
        Pem.certificate(vault.authority()),
        (asked, request, wanted) ->
            vault.certificate(asked.word(), asked.commonName(), request, wanted),
        life,
        InstantSource.system());
  }
}
