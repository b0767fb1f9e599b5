// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.vaultsetup;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.secrets.SecretBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Engines, policies, keys and roles of a fresh Vault; each step may be repeated. */
final class SetUp {
  static final String SUPERVISOR = "supervisor";
  static final List<String> SERVICES = List.of("auth", "session", "workspace", "gateway");

  /**
   * Tokens are renewed while their holder runs and die soon after it. Long enough to outlive a
   * Vault that is away for some minutes.
   */
  private static final Duration TOKEN_PERIOD = Duration.ofMinutes(15);

  /**
   * quarkus-vault signs in again with the secret id that it has unwrapped, after each refusal, and
   * forgets it after an hour. A secret id for a single use would end a service's sign-in with the
   * first refused request; one that outlives the hour would be of use to nobody but a thief.
   */
  private static final Duration SECRET_ID_LIFE = Duration.ofHours(1);

  /** After which Vault makes the next version of the key that signs access tokens, by itself. */
  private static final Duration TOKEN_KEY_LIFE = Duration.ofDays(30);

  private final VaultHttp vault;
  private final SecretBytes rootToken;

  SetUp(VaultHttp vault, SecretBytes rootToken) {
    this.vault = vault;
    this.rootToken = rootToken;
  }

  void run(SecretBytes supervisorSecretId) {
    enable("sys/mounts", "transit");
    enable("sys/auth", "approle");
    for (String role : SERVICES) {
      role(role, SECRET_ID_LIFE);
    }
    write(
        "transit/keys/access-token",
        Map.of("type", "ecdsa-p256", "auto_rotate_period", TOKEN_KEY_LIFE.toSeconds() + "s"));
    write("transit/keys/audit", Map.of("type", "ecdsa-p256"));
    write("transit/keys/session-tickets", Map.of("type", "ed25519", "exportable", true));
    authority();
    role(SUPERVISOR, Duration.ZERO);
    give(supervisorSecretId);
  }

  private void enable(String where, String engine) {
    try (Answer mounted = vault.get(where, rootToken).require()) {
      if (!mounted.json().path("data").has(engine + "/")) {
        write(where + "/" + engine, Map.of("type", engine));
      }
    }
  }

  /** A root that exists is kept: what hangs from it would be worth nothing. */
  private void authority() {
    enable("sys/mounts", "pki");
    write("sys/mounts/pki/tune", Certificates.tuning());
    try (Answer issuers = vault.get("pki/issuers?list=true", rootToken)) {
      if (issuers.status() == 404) {
        write("pki/root/generate/internal", Certificates.root());
      } else {
        issuers.require();
      }
    }
    for (String part : Certificates.PARTS) {
      write("pki/roles/" + part, Certificates.role(part));
    }
  }

  private void role(String name, Duration secretIdLife) {
    write("sys/policies/acl/" + name, Map.of("policy", policy(name)));
    Map<String, Object> role = new LinkedHashMap<>();
    role.put("token_type", "service");
    role.put("token_policies", List.of(name));
    role.put("token_no_default_policy", true);
    role.put("token_period", TOKEN_PERIOD.toSeconds());
    role.put("bind_secret_id", true);
    role.put("secret_id_num_uses", 0);
    role.put("secret_id_ttl", secretIdLife.toSeconds());
    write("auth/approle/role/" + name, role);
    write("auth/approle/role/" + name + "/role-id", Map.of("role_id", name));
  }

  /** A second time Vault answers that it has this secret id: then signing in tells. */
  private void give(SecretBytes secretId) {
    SecretJson.use(
            "{\"secret_id\":\"",
            secretId,
            body -> vault.post("auth/approle/role/supervisor/custom-secret-id", rootToken, body))
        .close();
  }

  private void write(String path, Map<String, ?> body) {
    vault.post(path, rootToken, RequestJson.of(body)).require().close();
  }

  private static String policy(String name) {
    try (InputStream text = SetUp.class.getResourceAsStream(name + ".hcl")) {
      if (text == null) {
        throw new IllegalStateException("no policy " + name);
      }
      return new String(text.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
