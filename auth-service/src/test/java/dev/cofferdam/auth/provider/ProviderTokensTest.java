// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProviderTokensTest {
  private static final String ISSUER = "https://id.example.org";
  private static final Set<String> ALGORITHMS = Set.of("RS256");
  private static final RsaJsonWebKey KEY = OidcStandIn.key("k1");
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private final ProviderTokens tokens =
      new ProviderTokens(
          provider(), new JwksVerificationKeyResolver(List.of(KEY)), InstantSource.fixed(NOW));

  private static Provider.Oidc provider() {
    Provider.Client client =
        new Provider.Client(
            "cofferdam",
            ClientSecret.of("0123456789abcdefghij"),
            URI.create("https://coffer.example.org/cb"));
    return new Provider.Oidc(
        new Provider.Common(
            "corp",
            "Corp",
            client,
            new Admission(true, Set.of(), Set.of(), Map.of()),
            java.util.Optional.empty()),
        URI.create(ISSUER),
        List.of("openid"),
        "groups",
        ALGORITHMS);
  }

  private static Map<String, Object> idClaims() {
    Map<String, Object> claims = new HashMap<>();
    claims.put("iss", ISSUER);
    claims.put("aud", "cofferdam");
    claims.put("sub", "s");
    claims.put("nonce", "n");
    claims.put("iat", NOW.getEpochSecond());
    claims.put("exp", NOW.getEpochSecond() + 300);
    return claims;
  }

  private static Map<String, Object> logoutClaims() {
    Map<String, Object> claims = idClaims();
    claims.remove("nonce");
    claims.put("jti", "j");
    claims.put("sid", "x");
    claims.put("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
    return claims;
  }

  @Test
  void takesWhatIsRight() throws Exception {
    assertThat(
            tokens.idToken(OidcStandIn.sign(KEY, "JWT", idClaims()), ALGORITHMS, "n").getSubject())
        .isEqualTo("s");
    for (String type : new String[] {"logout+jwt", "JWT"}) {
      assertThat(
              tokens
                  .logoutToken(OidcStandIn.sign(KEY, type, logoutClaims()), ALGORITHMS)
                  .getJwtId())
          .isEqualTo("j");
    }
  }

  static Stream<Arguments> wrongLogouts() {
    long now = NOW.getEpochSecond();
    return Stream.of(
        Arguments.of("nonce", "n"),
        Arguments.of("events", null),
        Arguments.of("events", Map.of()),
        Arguments.of("events", Map.of("http://schemas.openid.net/event/other", Map.of())),
        Arguments.of("events", Map.of("http://schemas.openid.net/event/backchannel-logout", "yes")),
        Arguments.of("jti", null),
        Arguments.of("jti", ""),
        Arguments.of("iss", "https://other.example.org"),
        Arguments.of("aud", "other"),
        Arguments.of("iat", now - 3600),
        Arguments.of("iat", now + 3600),
        Arguments.of("iat", null),
        Arguments.of("exp", now - 120),
        Arguments.of("exp", null));
  }

  @ParameterizedTest
  @MethodSource("wrongLogouts")
  void refusesAWrongLogoutToken(String claim, Object value) throws Exception {
    Map<String, Object> claims = logoutClaims();
    if (value == null) {
      claims.remove(claim);
    } else {
      claims.put(claim, value);
    }
    refused(OidcStandIn.sign(KEY, "logout+jwt", claims), true);
  }

  @Test
  void refusesALogoutOfNobody() throws Exception {
    Map<String, Object> claims = logoutClaims();
    claims.remove("sid");
    claims.remove("sub");
    refused(OidcStandIn.sign(KEY, "logout+jwt", claims), true);
  }

  @Test
  void oneKindDoesNotPassForAnother() throws Exception {
    refused(OidcStandIn.sign(KEY, "JWT", idClaims()), true);
    refused(OidcStandIn.sign(KEY, "logout+jwt", idClaims()), false);
    refused(OidcStandIn.sign(KEY, "at+jwt", idClaims()), false);
    refused(OidcStandIn.sign(KEY, "JWT", logoutClaims()), false);
  }

  @Test
  void refusesWhatSomebodyElseOrNobodySigned() throws Exception {
    refused(OidcStandIn.sign(OidcStandIn.key("k1"), "JWT", idClaims()), false);
    refused(OidcStandIn.sign(OidcStandIn.key("k2"), "JWT", idClaims()), false);
    String right = OidcStandIn.sign(KEY, "JWT", idClaims());
    String payload = right.split("\\.")[1];
    String none =
        Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"none\"}".getBytes());
    refused(none + "." + payload + ".", false);
    refused(right.substring(0, right.lastIndexOf('.') + 1), false);
    refused("", false);
    refused("x".repeat(20_000), false);
  }

  /** RFC 8725 section 2.1: the public key as a secret. */
  @Test
  void refusesASymmetricSignature() throws Exception {
    JsonWebSignature forged = new JsonWebSignature();
    forged.setPayload(org.jose4j.json.JsonUtil.toJson(idClaims()));
    forged.setAlgorithmHeaderValue("HS256");
    forged.setKeyIdHeaderValue("k1");
    forged.setKey(new HmacKey(KEY.getPublicKey().getEncoded()));
    refused(forged.getCompactSerialization(), false);
  }

  /** RFC 8725 section 3.10: a key that the token brings along. */
  @Test
  void refusesAKeyInsideTheToken() throws Exception {
    RsaJsonWebKey own = OidcStandIn.key("mine");
    JsonWebSignature forged = new JsonWebSignature();
    forged.setPayload(org.jose4j.json.JsonUtil.toJson(idClaims()));
    forged.setAlgorithmHeaderValue("RS256");
    forged.getHeaders().setJwkHeaderValue("jwk", own);
    forged.setKey(own.getPrivateKey());
    refused(forged.getCompactSerialization(), false);
  }

  @Test
  void everyChangedCharacterIsRefused() throws Exception {
    String right = OidcStandIn.sign(KEY, "JWT", idClaims());
    // The last character has bits that are not part of the signature.
    for (int i = 0; i < right.length() - 1; i += 7) {
      char other = right.charAt(i) == 'A' ? 'B' : 'A';
      refused(right.substring(0, i) + other + right.substring(i + 1), false);
    }
  }

  private void refused(String token, boolean logout) {
    assertThatThrownBy(
            () -> {
              if (logout) {
                tokens.logoutToken(token, ALGORITHMS);
              } else {
                tokens.idToken(token, ALGORITHMS, "n");
              }
            })
        .isInstanceOf(ProviderFailure.class);
  }
}
