// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.vaultsetup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.secrets.SecretBytes;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.locks.LockSupport;

/** Brings one Vault from fresh to ready, and from sealed to ready. */
public final class VaultAdmin {
  private static final Duration BECOME_ACTIVE = Duration.ofSeconds(15);
  private static final long LOOK_EVERY_NANOS = Duration.ofMillis(20).toNanos();
  private static final byte[] ONE_SHARE =
      "{\"secret_shares\":1,\"secret_threshold\":1}".getBytes(US_ASCII);

  private final VaultHttp vault;

  private VaultAdmin(VaultHttp vault) {
    this.vault = vault;
  }

  /**
   * @param address for instance {@code http://127.0.0.1:8200}; on loopback, as there is no TLS
   */
  public static VaultAdmin at(URI address) {
    return new VaultAdmin(new VaultHttp(address));
  }

  /**
   * @throws VaultUnreachable if it does not answer
   */
  public SealStatus sealStatus() {
    try (Answer answer = reached(vault.get("sys/seal-status", null)).require()) {
      JsonNode status = answer.json();
      return new SealStatus(bool(status, "initialized"), bool(status, "sealed"));
    }
  }

  /**
   * Makes the keys of a fresh Vault. It stays sealed.
   *
   * @throws VaultRefused if it is not fresh
   */
  public Initialised initialise() {
    try (Answer answer = reached(vault.post("sys/init", null, ONE_SHARE)).require()) {
      return new Initialised(
          answer.secret("\"keys_base64\":[\""), answer.secret("\"root_token\":\""));
    }
  }

  /**
   * Returns when Vault is ready for work.
   *
   * @param unsealKey as {@link Initialised} told it
   * @return false for a wrong key
   */
  public boolean unseal(SecretBytes unsealKey) {
    if (!isBase64(unsealKey)) {
      return false;
    }
    try (Answer answer =
        SecretJson.use("{\"key\":\"", unsealKey, body -> vault.post("sys/unseal", null, body))) {
      if (answer.status() != 200 || bool(answer.json(), "sealed")) {
        return false;
      }
    }
    awaitActive();
    return true;
  }

  /**
   * Engines, policies, keys and roles; may be repeated with another root token. Revokes the root
   * token at the end: from then on there is none.
   */
  public SupervisorLogin setUp(SecretBytes rootToken, SecretBytes unsealKey) {
    awaitActive();
    try (SecretBytes secretId = SupervisorSecret.of(unsealKey)) {
      new SetUp(vault, rootToken).run(secretId);
      SupervisorLogin login = login(unsealKey);
      vault.post("auth/token/revoke-self", rootToken, new byte[0]).require().close();
      return login;
    }
  }

  /**
   * Signs in as the supervisor, with a secret that only who has the unseal key can derive.
   *
   * @throws VaultRefused for a wrong key, or if {@link #setUp} was never finished
   */
  public SupervisorLogin login(SecretBytes unsealKey) {
    if (!isBase64(unsealKey)) {
      throw new VaultRefused("the unseal key is not base64");
    }
    awaitActive();
    String head = "{\"role_id\":\"" + SetUp.SUPERVISOR + "\",\"secret_id\":\"";
    try (SecretBytes secretId = SupervisorSecret.of(unsealKey);
        Answer answer =
            SecretJson.use(head, secretId, body -> vault.post("auth/approle/login", null, body))) {
      return new SupervisorLogin(vault, reached(answer).require().secret("\"client_token\":\""));
    }
  }

  /**
   * The certificate from which all parts' certificates hang, as PEM.
   *
   * @throws VaultRefused if there is none: it was set up by a version that had none
   */
  public String authority() {
    try (Answer answer = reached(vault.get("pki/cert/ca", null)).require()) {
      return answer.json().path("data").path("certificate").asText();
    }
  }

  /** Between unsealing and work there is an election, even with one server. */
  private void awaitActive() {
    Instant deadline = Instant.now().plus(BECOME_ACTIVE);
    while (true) {
      try (Answer answer = vault.get("sys/health", null)) {
        if (answer.status() == 200) {
          return;
        }
        if (answer.status() == 503 || Instant.now().isAfter(deadline)) {
          throw new VaultUnreachable("Vault is not ready, status " + answer.status());
        }
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }

  /** Sealed, standby or broken is as good as away. */
  static Answer reached(Answer answer) {
    if (answer.status() >= 470) {
      answer.close();
      throw new VaultUnreachable("Vault can't answer now, status " + answer.status());
    }
    return answer;
  }

  private static boolean bool(JsonNode json, String name) {
    JsonNode value = json.get(name);
    if (value == null || !value.isBoolean()) {
      throw new VaultRefused("Vault's answer lacks " + name);
    }
    return value.booleanValue();
  }

  private static boolean isBase64(SecretBytes key) {
    try {
      byte[] decoded = key.map(text -> Base64.getDecoder().decode(text));
      Arrays.fill(decoded, (byte) 0);
      return decoded.length > 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
