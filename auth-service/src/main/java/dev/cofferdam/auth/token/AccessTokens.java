// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.identity.Quota;
import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.vault.VaultJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Issues access tokens (RFC 9068): ES256, five minutes, for exactly one service. */
@ApplicationScoped
public class AccessTokens {
  private static final Duration LIFE = Duration.ofMinutes(5);
  static final String GATEWAY = "terminal-gateway";
  private static final Set<String> AUDIENCES =
      Set.of("auth-service", "session-service", "workspace-service");

  private final VaultJson vault;
  private final SigningKey key;
  private final ObjectMapper json;
  private final String issuer;

  AccessTokens(
      VaultJson vault,
      SigningKey key,
      ObjectMapper json,
      @ConfigProperty(name = "coffer.token.issuer") String issuer) {
    this.vault = vault;
    this.key = key;
    this.json = json;
    this.issuer = issuer;
  }

  /** A bearer credential: never logged. */
  public record Issued(String token, Instant expiresAt) {
    @Override
    public String toString() {
      return "Issued[until " + expiresAt + "]";
    }
  }

  /**
   * Who a token speaks for.
   *
   * @param signIn the browser session, or what an API key has in its place
   * @param credential what they signed in with; see {@link dev.cofferdam.auth.signin.Proof}
   * @param scope of a program's key; a person has none, which is not the same as an empty one
   */
  public record Bearer(
      UserId user,
      Role role,
      UUID signIn,
      String method,
      String credential,
      Optional<String> scope) {}

  /**
   * @throws ProblemException 400 for an audience that is none of our services
   */
  public Issued issue(Bearer bearer, Quota quota, String audience) {
    if (!AUDIENCES.contains(audience)) {
      throw new ProblemException(Problem.badField("audience", "one of " + AUDIENCES));
    }
    Map<String, Object> claims = claims(bearer);
    claims.put("quota", quota.text());
    return sign(claims, audience);
  }

  /** Learns what to sign with, so that signing itself asks Vault once and no more. */
  public void prepare() {
    key.version();
  }

  /** For a program of somebody's, which shows it at the public door. */
  public Issued issueForGateway(Bearer bearer) {
    return sign(claims(bearer), GATEWAY);
  }

  private Issued sign(Map<String, Object> claims, String audience) {
    int version = key.version();
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Instant expiresAt = now.plus(LIFE);
    claims.put("aud", audience);
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", expiresAt.getEpochSecond());
    Map<String, Object> header =
        Map.of("alg", "ES256", "typ", "at+jwt", "kid", SigningKey.keyId(version));
    String signed = part(header) + "." + part(claims);
    return new Issued(signed + "." + signature(signed, version), expiresAt);
  }

  private Map<String, Object> claims(Bearer bearer) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", issuer);
    claims.put("sub", bearer.user().toString());
    claims.put("sid", bearer.signIn().toString());
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("role", bearer.role().wireName());
    claims.put("amr", List.of(bearer.method()));
    claims.put("cred", bearer.credential());
    bearer.scope().ifPresent(scope -> claims.put("scope", scope));
    return claims;
  }

  /** Vault answers {@code vault:vN:SIGNATURE}, the signature as RFC 7518 section 3.4 wants it. */
  private String signature(String text, int version) {
    Map<String, Object> body =
        Map.of(
            "input",
            Base64.getEncoder().encodeToString(text.getBytes(UTF_8)),
            "key_version",
            version,
            "marshaling_algorithm",
            "jws");
    Object answer =
        vault.write("transit/sign/" + SigningKey.NAME + "/sha2-256", body).get("signature");
    if (answer instanceof String signature) {
      return signature.substring(signature.lastIndexOf(':') + 1);
    }
    throw new ProblemException(Problem.unavailable("Vault"));
  }

  private String part(Map<String, Object> members) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(json.writeValueAsBytes(members));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map can be written", e);
    }
  }
}
