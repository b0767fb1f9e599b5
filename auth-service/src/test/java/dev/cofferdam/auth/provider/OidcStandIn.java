// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * An OpenID Connect provider that can be made to lie, as the real one can't: what must be refused
 * has to be sent by somebody.
 */
final class OidcStandIn implements AutoCloseable {
  private final StandIn server = new StandIn();
  private final RsaJsonWebKey key = key("k1");
  private final Map<String, Map<String, String>> requests = new ConcurrentHashMap<>();
  private final Map<String, String> spentCodes = new ConcurrentHashMap<>();

  /** Added to what the ID token says; a null takes the claim away. */
  final Map<String, Object> lies = new LinkedHashMap<>();

  /** Answers nothing that can be used when asked for its keys. */
  volatile boolean away;

  /** How often it was asked for its keys. */
  final AtomicInteger askedForKeys = new AtomicInteger();

  OidcStandIn() {
    server.on("/.well-known/openid-configuration", asked -> StandIn.Said.ok(metadata()));
    server.on("/keys", asked -> keys());
    server.on("/token", this::token);
  }

  static RsaJsonWebKey key(String id) {
    try {
      RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
      key.setKeyId(id);
      return key;
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private StandIn.Said keys() {
    askedForKeys.incrementAndGet();
    return away ? StandIn.Said.status(503) : StandIn.Said.ok(Map.of("keys", List.of(publicKey())));
  }

  private Map<String, Object> publicKey() {
    return key.toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
  }

  private Map<String, Object> metadata() {
    return Map.of(
        "issuer",
        issuer(),
        "authorization_endpoint",
        issuer() + "/authorize",
        "token_endpoint",
        issuer() + "/token",
        "jwks_uri",
        issuer() + "/keys",
        "id_token_signing_alg_values_supported",
        List.of("RS256"),
        "code_challenge_methods_supported",
        List.of("S256"));
  }

  String issuer() {
    return server.address();
  }

  /** As if somebody had signed in and agreed: a code for the request. */
  String authorize(URI request) {
    String code = "code-" + requests.size();
    requests.put(code, StandIn.query(request));
    return code;
  }

  private StandIn.Said token(StandIn.Asked asked) throws Exception {
    Map<String, String> form = asked.form();
    Map<String, String> request = requests.get(form.get("code"));
    boolean first = spentCodes.putIfAbsent(form.get("code"), "") == null;
    boolean proved =
        request != null
            && new Handshake("", "", form.get("code_verifier"))
                .challenge()
                .equals(request.get("code_challenge"));
    if (!first || !proved || !form.get("redirect_uri").equals(request.get("redirect_uri"))) {
      return StandIn.Said.status(400);
    }
    return StandIn.Said.ok(
        Map.of("access_token", "x", "token_type", "Bearer", "id_token", idToken(request)));
  }

  private String idToken(Map<String, String> request) throws JoseException {
    long now = Instant.now().getEpochSecond();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", issuer());
    claims.put("aud", request.get("client_id"));
    claims.put("sub", "stand-in-subject");
    claims.put("nonce", request.get("nonce"));
    claims.put("iat", now);
    claims.put("exp", now + 300);
    claims.put("preferred_username", "Stan Din");
    lies.forEach(
        (name, value) -> {
          if (value == null) {
            claims.remove(name);
          } else {
            claims.put(name, value);
          }
        });
    return sign(key, "JWT", claims);
  }

  /** That somebody signed out: of this subject or this session, as the claims say. */
  String logout(Map<String, Object> whom, Instant at) throws JoseException {
    Map<String, Object> claims = new LinkedHashMap<>(whom);
    claims.put("iss", issuer());
    claims.put("aud", "cofferdam");
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("iat", at.getEpochSecond());
    claims.put("exp", at.getEpochSecond() + 120);
    claims.put("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
    return sign(key, "logout+jwt", claims);
  }

  static String sign(RsaJsonWebKey key, String type, Map<String, Object> claims)
      throws JoseException {
    JsonWebSignature token = new JsonWebSignature();
    token.setPayload(JsonUtil.toJson(claims));
    token.setKey(key.getPrivateKey());
    token.setKeyIdHeaderValue(key.getKeyId());
    token.setAlgorithmHeaderValue("RS256");
    if (type != null) {
      token.setHeader("typ", type);
    }
    return token.getCompactSerialization();
  }

  @Override
  public void close() {
    server.close();
  }
}
