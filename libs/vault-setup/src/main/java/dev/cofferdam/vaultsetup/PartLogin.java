// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.vaultsetup;

import dev.cofferdam.secrets.SecretBytes;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * A part, signed in with the wrapped secret id that it was handed, to have its own certificate
 * made. Its token lives for 15 minutes from the last {@link #renew}. Methods throw {@link
 * VaultUnreachable} if Vault does not answer and {@link VaultRefused} if it refuses.
 */
public final class PartLogin implements AutoCloseable {
  private final VaultHttp vault;
  private final SecretBytes token;

  private PartLogin(VaultHttp vault, SecretBytes token) {
    this.vault = vault;
    this.token = token;
  }

  /**
   * Looks the wrapping token up before it is unwrapped: it must hold a secret id of this role.
   *
   * @param role auth, session, workspace or gateway
   */
  public static PartLogin with(URI address, String role, String wrappingToken) {
    VaultHttp vault = new VaultHttp(address);
    requireOfRole(vault, role, wrappingToken);
    try (SecretBytes secretId = unwrap(vault, wrappingToken);
        Answer answer =
            SecretJson.use(
                "{\"role_id\":\"" + role + "\",\"secret_id\":\"",
                secretId,
                body -> vault.post("auth/approle/login", null, body))) {
      return new PartLogin(
          vault, VaultAdmin.reached(answer).require().secret("\"client_token\":\""));
    }
  }

  private static void requireOfRole(VaultHttp vault, String role, String wrappingToken) {
    byte[] body = RequestJson.of(Map.of("token", wrappingToken));
    try (Answer answer = vault.post("sys/wrapping/lookup", null, body)) {
      String path =
          VaultAdmin.reached(answer).require().json().path("data").path("creation_path").asText();
      if (!path.equals("auth/approle/role/" + role + "/secret-id")) {
        throw new VaultRefused("the wrapping token does not hold a secret id of " + role);
      }
    }
  }

  private static SecretBytes unwrap(VaultHttp vault, String wrappingToken) {
    byte[] ascii = wrappingToken.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    try (SecretBytes token = SecretBytes.takeOwnership(ascii);
        Answer answer = vault.post("sys/wrapping/unwrap", token, new byte[0])) {
      return VaultAdmin.reached(answer).require().secret("\"secret_id\":\"");
    }
  }

  /**
   * A certificate for the key in the request, as PEM.
   *
   * @param role its own; Vault refuses another part's
   * @param life at most a day
   */
  public String certificate(String role, String commonName, String request, Duration life) {
    return Certificates.sign(vault, token, role, commonName, request, life);
  }

  public void renew() {
    VaultAdmin.reached(vault.post("auth/token/renew-self", token, new byte[0])).require().close();
  }

  /** Forgets the token; Vault does so within 15 minutes. */
  @Override
  public void close() {
    token.close();
  }
}
