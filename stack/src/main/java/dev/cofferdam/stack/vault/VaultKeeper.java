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
  private final SealMark mark;
  private final FirstSetUp first;
  private @Nullable SecretBytes unsealKey;
  private boolean opened;
  private boolean seenSealed;
  private volatile boolean sealed;

  /**
   * @param mark where it is kept that somebody has sealed it
   * @param first where it is kept that it was never set up to the end
   */
  public VaultKeeper(URI address, UnsealKeySource source, SealMark mark, FirstSetUp first) {
    vault = VaultAdmin.at(address);
    this.source = source;
    this.mark = mark;
    this.first = first;
  }

  /** It is about to be started, and comes up sealed without that anybody wanted it so. */
  public synchronized void starting() {
    opened = false;
    seenSealed = false;
  }

  /**
   * From now on nothing here opens it, whatever else is being asked of it; to be called before it
   * is ended, and {@link #seal} behind that.
   */
  public void closing() {
    sealed = true;
  }

  /** Forgets the unseal key: it stays sealed until somebody comes with that. */
  public synchronized void seal() {
    sealed = true;
    opened = false;
    if (unsealKey != null) {
      unsealKey.close();
      unsealKey = null;
    }
    mark.put();
  }

  /**
   * Called every now and then: an owner may have sealed it from the page, which is not undone here
   * either. Believed the second time, as one that is ending seals itself as well.
   */
  public synchronized void look() {
    if (sealed) {
      putMark();
      return;
    }
    boolean now = opened && vault.sealStatus().sealed();
    if (now && seenSealed) {
      seal();
    }
    seenSealed = now;
  }

  private void putMark() {
    if (!mark.isThere()) {
      mark.put();
    }
  }

  /** Whether somebody has sealed it, so that it takes a person with the key. */
  public boolean isSealedOnPurpose() {
    return sealed;
  }

  /**
   * Opens it again after {@link #seal}.
   *
   * @param key kept if it fits
   * @return false for a wrong key
   */
  public synchronized boolean unseal(SecretBytes key) {
    boolean fits = vault.sealStatus().sealed() ? vault.unseal(key) : signsIn(key);
    if (!fits) {
      return false;
    }
    sealed = false;
    opened(key);
    return true;
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
   * After this the Vault is open and set up, unless somebody has sealed it meanwhile.
   *
   * @throws StartFailure if nobody has the right key
   */
  public synchronized void open() {
    if (!sealed) {
      opened(openNow());
    }
  }

  private void opened(SecretBytes key) {
    SecretBytes before = unsealKey;
    if (before != null && !before.equals(key)) {
      before.close();
    }
    unsealKey = key;
    opened = true;
    seenSealed = false;
    first.done();
    if (!sealed) {
      mark.remove();
    }
  }

  private SecretBytes openNow() {
    SealStatus status = vault.sealStatus();
    if (!status.initialised()) {
      return initialise();
    }
    SecretBytes known = unsealKey;
    if (known != null) {
      if (status.sealed() && !vault.unseal(known)) {
        throw new StartFailure("the unseal key no longer fits");
      }
      return known;
    }
    SecretBytes found = status.sealed() ? source.find(vault::unseal) : source.find(this::signsIn);
    requireSetUp(found);
    return found;
  }

  private SecretBytes initialise() {
    Initialised fresh = vault.initialise();
    try (SecretBytes root = fresh.rootToken()) {
      setUp(root, fresh.unsealKey());
      return fresh.unsealKey();
    } catch (RuntimeException | Error e) {
      fresh.close();
      throw e;
    }
  }

  /** The key is told last: what is cut short before has promised nothing. */
  private void setUp(SecretBytes rootToken, SecretBytes key) {
    if (!vault.unseal(key)) {
      throw new StartFailure("a fresh Vault does not take its own key");
    }
    vault.setUp(rootToken, key).close();
    source.tell(key);
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
      throw new StartFailure(
          sealed ? "Vault is sealed: ./coffer emergency-stop --lift" : "Vault was not opened");
    }
    return unsealKey;
  }
}
