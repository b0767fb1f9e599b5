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
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The key pair in Vault that signs access tokens: its public halves, looked up once a minute. Vault
 * makes a new version by itself; each is published for a while before anything is signed with it,
 * so that no replica has to verify with a key that it does not publish yet, and afterwards until
 * two more have followed, which is months longer than the last token of it lives.
 */
@ApplicationScoped
public class SigningKey {
  static final String NAME = "access-token";
  private static final Duration FRESH = Duration.ofMinutes(1);

  /** Twice as long as other replicas may take to look. */
  static final Duration RIPE = Duration.ofMinutes(2);

  /** The last versions: services keep sixteen at most. */
  static final int PUBLISHED = 3;

  private static final int COORDINATE_BYTES = 32;

  private final VaultJson vault;
  private final InstantSource clock;
  private volatile Versions known = new Versions(new TreeMap<>(), new TreeMap<>(), Instant.EPOCH);

  SigningKey(VaultJson vault, InstantSource clock) {
    this.vault = vault;
    this.clock = clock;
  }

  /** Public keys as JWK members (RFC 7517, RFC 7518 section 6.2) by version, and their births. */
  private record Versions(
      TreeMap<Integer, Map<String, Object>> keys,
      TreeMap<Integer, Instant> createdAt,
      Instant readAt) {}

  static String keyId(int version) {
    return NAME + "-v" + version;
  }

  /** What to sign with: the last version that everybody has had time to hear of. */
  int version() {
    Instant ripe = clock.instant().minus(RIPE);
    TreeMap<Integer, Instant> createdAt = current().createdAt();
    return createdAt.descendingMap().entrySet().stream()
        .filter(version -> !version.getValue().isAfter(ripe))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(createdAt::firstKey);
  }

  /** What verifies tokens: the last {@value #PUBLISHED} versions. */
  TreeMap<Integer, Map<String, Object>> versions() {
    return current().keys();
  }

  private Versions current() {
    Versions current = known;
    if (current.readAt().plus(FRESH).isAfter(clock.instant())) {
      return current;
    }
    try {
      Versions fresh = read();
      known = fresh;
      return fresh;
    } catch (RuntimeException e) {
      // Public keys do not go bad while Vault is away.
      if (current.keys().isEmpty()) {
        throw e;
      }
      return current;
    }
  }

  private Versions read() {
    TreeMap<Integer, Map<String, Object>> keys = new TreeMap<>();
    TreeMap<Integer, Instant> createdAt = new TreeMap<>();
    if (vault.read("transit/keys/" + NAME).get("keys") instanceof Map<?, ?> versions) {
      versions.forEach(
          (version, detail) -> {
            int number = Integer.parseInt(version.toString());
            if (detail instanceof Map<?, ?> d && d.get("public_key") instanceof String pem) {
              keys.put(number, jwk(number, pem));
              createdAt.put(number, instant(d.get("creation_time")));
            }
          });
    }
    while (keys.size() > PUBLISHED) {
      createdAt.remove(keys.pollFirstEntry().getKey());
    }
    return new Versions(keys, createdAt, clock.instant());
  }

  /** RFC 3339, in whatever zone Vault runs. */
  private static Instant instant(@Nullable Object text) {
    return text == null ? Instant.EPOCH : OffsetDateTime.parse(text.toString()).toInstant();
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
