// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.vaultsetup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.secrets.SecretBytes;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.stream.Collectors;

/**
 * The supervisor, signed in. Its token lives for 15 minutes from the last {@link #renew}. Every
 * method throws {@link VaultUnreachable} if Vault does not answer and {@link VaultRefused} if it
 * refuses, for instance because the token has died: then sign in again.
 */
public final class SupervisorLogin implements AutoCloseable {
  private static final int PUBLIC_KEY_BYTES = 32;

  private final VaultHttp vault;
  private final SecretBytes token;

  SupervisorLogin(VaultHttp vault, SecretBytes token) {
    this.vault = vault;
    this.token = token;
  }

  /**
   * A wrapping token for a fresh secret id, good for one unwrapping within {@code life}, at most
   * five minutes. Vault refuses to tell a secret id unwrapped.
   *
   * @param role auth, session, workspace or gateway
   */
  public String wrappedSecretId(String role, Duration life) {
    if (!SetUp.SERVICES.contains(role)) {
      throw new IllegalArgumentException("no service has the role " + role);
    }
    String path = "auth/approle/role/" + role + "/secret-id";
    try (Answer answer = check(vault.postWrapped(path, token, life));
        SecretBytes wrapping = answer.secret("\"wrap_info\":{\"token\":\"")) {
      return wrapping.map(bytes -> new String(bytes, US_ASCII));
    }
  }

  /** The Ed25519 key that verifies tickets: 32 bytes in base64. Public. */
  public String ticketPublicKey() {
    try (Answer answer = check(vault.get("transit/keys/session-tickets", token))) {
      JsonNode versions = answer.json().path("data").path("keys");
      String newest =
          versions
              .propertyStream()
              .max(Comparator.comparingInt(version -> Integer.parseInt(version.getKey())))
              .map(version -> version.getValue().path("public_key").asText())
              .orElse("");
      if (Base64.getDecoder().decode(newest).length != PUBLIC_KEY_BYTES) {
        throw new VaultRefused("Vault's ticket key is no Ed25519 key");
      }
      return newest;
    }
  }

  /**
   * What verifies heads of the audit ledger, as PEM: the keys of P-256, oldest first. Public.
   *
   * @throws VaultRefused if there is none: it was set up by a version that had none
   */
  public String auditPublicKeys() {
    try (Answer answer = check(vault.get("transit/keys/audit", token))) {
      return answer
          .json()
          .path("data")
          .path("keys")
          .propertyStream()
          .sorted(Comparator.comparingInt(version -> Integer.parseInt(version.getKey())))
          .map(version -> version.getValue().path("public_key").asText().strip() + "\n")
          .collect(Collectors.joining());
    }
  }

  /**
   * A certificate for the key in the request, as PEM.
   *
   * @param part kafka, postgres or stack; Vault refuses a service's
   * @param life at most a day
   */
  public String certificate(String part, String commonName, String request, Duration life) {
    return Certificates.sign(vault, token, part, commonName, request, life);
  }

  public void renew() {
    check(vault.post("auth/token/renew-self", token, new byte[0])).close();
  }

  /** Whether Vault still knows the token. */
  public boolean valid() {
    try (Answer answer = vault.get("auth/token/lookup-self", token)) {
      return VaultAdmin.reached(answer).status() == 200;
    }
  }

  /** Forgets the token; Vault does so within 15 minutes. */
  @Override
  public void close() {
    token.close();
  }

  private static Answer check(Answer answer) {
    return VaultAdmin.reached(answer).require();
  }
}
