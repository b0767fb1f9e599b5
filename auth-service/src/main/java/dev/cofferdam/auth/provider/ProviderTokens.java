// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.keys.resolvers.VerificationKeyResolver;

/**
 * Verifies what one provider signs for us: ID tokens (OpenID Connect Core section 3.1.3.7) and
 * logout tokens (Back-Channel Logout section 2.6). One cannot pass for the other.
 */
final class ProviderTokens {
  private static final int LONGEST_TOKEN = 16 * 1024;

  /** Section 2 of Core: a subject has at most 255 characters. */
  private static final int LONGEST_SUBJECT = 255;

  private static final int SKEW_SECONDS = 60;

  /** How old a token may be when it comes: it was made for this very request. */
  static final Duration OLDEST = Duration.ofMinutes(5);

  private static final String LOGOUT = "http://schemas.openid.net/event/backchannel-logout";
  private static final Set<String> ID_TYPES = Set.of("jwt");
  private static final Set<String> LOGOUT_TYPES = Set.of("jwt", "logout+jwt");

  private final Provider.Oidc provider;
  private final VerificationKeyResolver keys;
  private final InstantSource clock;

  ProviderTokens(Provider.Oidc provider, VerificationKeyResolver keys, InstantSource clock) {
    this.provider = provider;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * @throws ProviderFailure if any rule is broken
   */
  JwtClaims idToken(String token, Set<String> algorithms, String nonce) {
    JwtClaims claims = verified(token, algorithms, ID_TYPES);
    require(
        MessageDigest.isEqual(
            claims.getClaimValueAsString("nonce") == null
                ? new byte[0]
                : claims.getClaimValueAsString("nonce").getBytes(UTF_8),
            nonce.getBytes(UTF_8)),
        "nonce");
    require(!claims.hasClaim("events"), "events");
    require(subject(claims).length() <= LONGEST_SUBJECT, "sub");
    requireForUs(claims);
    return claims;
  }

  /**
   * @throws ProviderFailure if any rule is broken
   */
  JwtClaims logoutToken(String token, Set<String> algorithms) {
    JwtClaims claims = verified(token, algorithms, LOGOUT_TYPES);
    require(!claims.hasClaim("nonce"), "nonce");
    require(
        claims.getClaimValue("events") instanceof Map<?, ?> events
            && events.get(LOGOUT) instanceof Map<?, ?>,
        "events");
    String id = claims.getClaimValueAsString("jti");
    require(id != null && !id.isEmpty() && id.length() <= LONGEST_SUBJECT, "jti");
    require(claims.hasClaim("sub") || claims.hasClaim("sid"), "sub, sid");
    return claims;
  }

  private JwtClaims verified(String token, Set<String> algorithms, Set<String> types) {
    require(token.length() <= LONGEST_TOKEN, "size");
    try {
      JwtContext read =
          new JwtConsumerBuilder()
              .setJwsAlgorithmConstraints(
                  new AlgorithmConstraints(
                      ConstraintType.PERMIT, algorithms.toArray(String[]::new)))
              .setVerificationKeyResolver(keys)
              .setExpectedIssuer(true, provider.issuer().toString())
              .setExpectedAudience(true, provider.common().client().id())
              .setRequireExpirationTime()
              .setIssuedAtRestrictions(0, (int) OLDEST.toSeconds())
              .setRequireIssuedAt()
              .setAllowedClockSkewInSeconds(SKEW_SECONDS)
              .setEvaluationTime(NumericDate.fromSeconds(clock.instant().getEpochSecond()))
              .build()
              .process(token);
      String type = read.getJoseObjects().getFirst().getHeader("typ");
      require(type == null || types.contains(type.toLowerCase(java.util.Locale.ROOT)), "typ");
      return read.getJwtClaims();
    } catch (InvalidJwtException e) {
      for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
        if (cause instanceof ProviderFailure keys) {
          throw keys;
        }
      }
      // Without its message, which quotes the token.
      throw ProviderFailure.wrong(
          "its token is not valid: "
              + e.getErrorDetails().stream().map(d -> Integer.toString(d.getErrorCode())).toList());
    }
  }

  /** Points 3 to 5: a token for several must say that it was made for us. */
  private void requireForUs(JwtClaims claims) {
    try {
      List<String> audience = claims.getAudience();
      String party = claims.getClaimValueAsString("azp");
      require(audience.size() == 1 || party != null, "aud");
      require(party == null || party.equals(provider.common().client().id()), "azp");
    } catch (MalformedClaimException e) {
      throw ProviderFailure.wrong("its token is not valid: aud");
    }
  }

  static String subject(JwtClaims claims) {
    String subject = claims.getClaimValueAsString("sub");
    require(subject != null && !subject.isEmpty(), "sub");
    return subject;
  }

  /** Of a token that was verified; without the part of a second that some providers give. */
  static Instant issuedAt(JwtClaims claims) {
    try {
      return Instant.ofEpochSecond(claims.getIssuedAt().getValue());
    } catch (MalformedClaimException e) {
      throw ProviderFailure.wrong("its token is not valid: iat");
    }
  }

  private static void require(boolean holds, String claim) {
    if (!holds) {
      throw ProviderFailure.wrong("its token is not valid: " + claim);
    }
  }
}
