// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.sshkey;

import dev.cofferdam.auth.signin.Account;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * What has to be signed to sign in: good once, for a minute. Its text is one line of ASCII without
 * quotes, so that a person can read what they sign and a shell takes it as it is.
 *
 * @param name whose key it has to be, or empty
 * @param fingerprint which key it has to be, or empty
 */
record Challenge(
    UUID id, String text, String namespace, String name, String fingerprint, Instant expiresAt) {
  static final Duration LIFE = Duration.ofSeconds(60);
  private static final String PURPOSE = "coffer-login-v1";

  static Challenge fresh(URI origin, String name, String fingerprint, Instant now) {
    Instant expiresAt = now.plus(LIFE).truncatedTo(ChronoUnit.SECONDS);
    String text =
        "Sign in to Cofferdam at %s%s%s, nonce %s, until %s"
            .formatted(
                origin,
                name.isEmpty() ? "" : " as " + name,
                fingerprint.isEmpty() ? "" : " with key " + fingerprint,
                Signing.nonce(),
                expiresAt);
    return new Challenge(
        UUID.randomUUID(), text, Signing.namespace(PURPOSE, origin), name, fingerprint, expiresAt);
  }

  /** Ready to be pasted into a shell. */
  String command() {
    return Signing.command(text, namespace);
  }

  /** Whom somebody wants to be: the name, or else the fingerprint; empty if they did not say. */
  String asked() {
    return name.isEmpty() ? fingerprint : name;
  }

  boolean isFor(Account account, String signer) {
    return (name.isEmpty() || name.equalsIgnoreCase(account.name()))
        && (fingerprint.isEmpty() || fingerprint.equals(signer));
  }
}
