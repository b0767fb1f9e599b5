// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.signin;

import dev.cofferdam.identity.UserId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.refusals.Refusal;
import dev.cofferdam.vault.VaultJson;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Closes Vault, which a person with the unseal key opens again: from here there is no way back. The
 * right to do it is one that data of older versions lacks, since no root token is left to give it.
 */
@Singleton
class VaultSeal {
  private static final Logger LOG = Logger.getLogger(VaultSeal.class);

  private final VaultJson vault;
  private final Event<Refusal> refusals;

  VaultSeal(VaultJson vault, Event<Refusal> refusals) {
    this.vault = vault;
    this.refusals = refusals;
  }

  /**
   * In the name of an owner; that it failed is told of as well.
   *
   * @throws ProblemException 409 if it refuses or does not answer; all else is done by then
   */
  void seal(UserId by) {
    try {
      vault.write("sys/seal", Map.of());
      LOG.warn("Vault is sealed, as an owner asked");
    } catch (ProblemException e) {
      refusals.fire(Refusal.of("vault-seal", "vault-refused").by(by));
      throw new ProblemException(
          Problem.of(
              "vault-not-sealed",
              409,
              "Vault was not sealed",
              "All workspaces lock and everybody is signed out, but Vault refused to be sealed or"
                  + " did not answer. At the machine, ./coffer emergency-stop --seal does it."),
          e);
    }
  }
}
