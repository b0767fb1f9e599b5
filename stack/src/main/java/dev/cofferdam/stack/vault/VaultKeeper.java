// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.vault;

import dev.cofferdam.secrets.SecretBytes;
import dev.cofferdam.stack.process.StartFailure;
import dev.cofferdam.vaultsetup.Initialised;
import dev.cofferdam.vaultsetup.SealStatus;
import dev.cofferdam.vaultsetup.SupervisorLogin;
import dev.cofferdam.vaultsetup.VaultAdmin;
import dev.cofferdam.vaultsetup.VaultRefused;
import dev.cofferdam.vaultsetup.VaultUnreachable;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a Vault usable: initialises a fresh one, unseals it now and after each of its restarts, and
 * has wrapped secret ids made for services. Holds the unseal key in memory (ADR 0001).
 */
public final class VaultKeeper {
  private static final Duration WRAPPED_LIFE = Duration.ofMinutes(2);

  private final VaultAdmin vault;
  private final UnsealKeySource source;
  private @Nullable SecretBytes unsealKey;

  public VaultKeeper(URI address, UnsealKeySource source) {
    vault = VaultAdmin.at(address);
    this.source = source;
  }

  public boolean answers() {
    try {
      vault.sealStatus();
      return true;
    } catch (VaultUnreachable | VaultRefused e) {
      return false;
    }
  }

  /** Whether it answers and is open. */
  public boolean isUnsealed() {
    try {
      SealStatus status = vault.sealStatus();
      return status.initialised() && !status.sealed();
    } catch (VaultUnreachable | VaultRefused e) {
      return false;
    }
  }

  /**
   * After this the Vault is open and set up.
   *
   * @throws StartFailure if nobody has the right key
   */
  public synchronized void open() {
    SealStatus status = vault.sealStatus();
    if (!status.initialised()) {
      initialise();
      return;
    }
    if (unsealKey != null) {
      if (status.sealed() && !vault.unseal(unsealKey)) {
        throw new StartFailure("the unseal key no longer fits");
      }
      return;
    }
    unsealKey = status.sealed() ? source.find(vault::unseal) : source.find(this::signsIn);
    requireSetUp(unsealKey);
  }

  private void initialise() {
    Initialised fresh = vault.initialise();
    unsealKey = fresh.unsealKey();
    source.tell(fresh.unsealKey());
    if (!vault.unseal(fresh.unsealKey())) {
      throw new StartFailure("a fresh Vault does not take its own key");
    }
    try (SecretBytes root = fresh.rootToken()) {
      vault.setUp(root, fresh.unsealKey()).close();
    }
  }

  private boolean signsIn(SecretBytes key) {
    try (SupervisorLogin login = vault.login(key)) {
      return login.valid();
    } catch (VaultRefused e) {
      return false;
    }
  }

  private void requireSetUp(SecretBytes key) {
    if (!signsIn(key)) {
      throw new StartFailure(
          "the first start was cut short before Vault was set up: ./coffer reset and start again");
    }
    try {
      authority();
    } catch (VaultRefused e) {
      throw new StartFailure(
          "this data is of a version without certificates between parts: ./coffer reset makes new");
    }
  }

  /** A wrapping token for the secret id with which this service signs in to Vault, once. */
  public synchronized String wrappedSecretId(String role) {
    try (SupervisorLogin login = vault.login(held())) {
      return login.wrappedSecretId(role, WRAPPED_LIFE);
    }
  }

  /** What verifies tickets: an Ed25519 public key, base64. */
  public synchronized String ticketPublicKey() {
    try (SupervisorLogin login = vault.login(held())) {
      return login.ticketPublicKey();
    }
  }

  /**
   * What verifies heads of the audit ledger, as PEM; empty if this Vault was set up by a version
   * that had no such key. Only a root token could make it one, and there is none.
   */
  public synchronized Optional<String> auditPublicKeys() {
    try (SupervisorLogin login = vault.login(held())) {
      return Optional.of(login.auditPublicKeys());
    } catch (VaultRefused e) {
      return Optional.empty();
    }
  }

  /**
   * A certificate for the key in the request, as PEM.
   *
   * @param part kafka, postgres or stack
   */
  public synchronized String certificate(
      String part, String commonName, String request, Duration life) {
    try (SupervisorLogin login = vault.login(held())) {
      return login.certificate(part, commonName, request, life);
    }
  }

  /** What all parts' certificates hang from, as PEM. */
  public String authority() {
    return vault.authority();
  }

  private SecretBytes held() {
    if (unsealKey == null) {
      throw new StartFailure("Vault was not opened");
    }
    return unsealKey;
  }
}
