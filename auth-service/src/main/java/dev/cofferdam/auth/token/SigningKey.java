// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.token;

import dev.cofferdam.vault.VaultJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The key pair in Vault that signs access tokens: its public halves, looked up once a minute. */
@ApplicationScoped
public class SigningKey {
  static final String NAME = "access-token";
  private static final Duration FRESH = Duration.ofMinutes(1);
  private static final int COORDINATE_BYTES = 32;

  private final VaultJson vault;
  private volatile Versions known = new Versions(new TreeMap<>(), Instant.EPOCH);

  SigningKey(VaultJson vault) {
    this.vault = vault;
  }

  /** Public keys as JWK members (RFC 7517, RFC 7518 section 6.2) by version. */
  record Versions(TreeMap<Integer, Map<String, Object>> keys, Instant readAt) {}

  static String keyId(int version) {
    return NAME + "-v" + version;
  }

  int latestVersion() {
    return versions().lastKey();
  }

  TreeMap<Integer, Map<String, Object>> versions() {
    Versions current = known;
    if (current.readAt().plus(FRESH).isAfter(Instant.now())) {
      return current.keys();
    }
    try {
      Versions fresh = new Versions(read(), Instant.now());
      known = fresh;
      return fresh.keys();
    } catch (RuntimeException e) {
      // Public keys do not go bad while Vault is away.
      if (current.keys().isEmpty()) {
        throw e;
      }
      return current.keys();
    }
  }

  private TreeMap<Integer, Map<String, Object>> read() {
    TreeMap<Integer, Map<String, Object>> keys = new TreeMap<>();
    if (vault.read("transit/keys/" + NAME).get("keys") instanceof Map<?, ?> versions) {
      versions.forEach(
          (version, detail) -> {
            int number = Integer.parseInt(version.toString());
            if (detail instanceof Map<?, ?> d && d.get("public_key") instanceof String pem) {
              keys.put(number, jwk(number, pem));
            }
          });
    }
    return keys;
  }

  private static Map<String, Object> jwk(int version, String pem) {
    ECPublicKey key = publicKey(pem);
    Map<String, Object> jwk = new LinkedHashMap<>();
    jwk.put("kty", "EC");
    jwk.put("crv", "P-256");
    jwk.put("use", "sig");
    jwk.put("alg", "ES256");
    jwk.put("kid", keyId(version));
    jwk.put("x", coordinate(key.getW().getAffineX()));
    jwk.put("y", coordinate(key.getW().getAffineY()));
    return jwk;
  }

  private static ECPublicKey publicKey(String pem) {
    String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    try {
      return (ECPublicKey)
          KeyFactory.getInstance("EC")
              .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Vault's signing key is not of P-256", e);
    }
  }

  private static String coordinate(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] fixed = new byte[COORDINATE_BYTES];
    int length = Math.min(bytes.length, COORDINATE_BYTES);
    System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE_BYTES - length, length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
  }
}
