// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwt.JwtClaims;

/** An OpenID Connect provider: code flow with PKCE, state and nonce. */
final class OidcPlace implements Place {
  private final Provider.Oidc provider;
  private final ProviderHttp http;
  private final Discovery discovery;
  private final ProviderKeys keys;
  private final ProviderTokens tokens;
  private final InstantSource clock;

  OidcPlace(Provider.Oidc provider, ProviderHttp http, AddressRule addresses, InstantSource clock) {
    this.provider = provider;
    this.http = http;
    this.clock = clock;
    discovery = new Discovery(provider, http, addresses, clock);
    keys = new ProviderKeys(() -> discovery.metadata().keys(), http, clock);
    tokens = new ProviderTokens(provider, keys, clock);
  }

  /**
   * That somebody signed out at the provider.
   *
   * @param issuedAt in whole seconds by the provider's clock
   */
  record Logout(String id, Optional<String> subject, Optional<String> session, Instant issuedAt) {}

  @Override
  public Provider.Oidc provider() {
    return provider;
  }

  /** Asks the provider who it is, and for its keys: they are there if it is away later. */
  void check() {
    discovery.metadata();
    keys.read();
  }

  @Override
  public URI start(Handshake handshake) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", client().id());
    query.put("redirect_uri", client().redirect().toString());
    query.put("scope", String.join(" ", provider.scopes()));
    query.put("state", handshake.state());
    query.put("nonce", handshake.nonce());
    query.put("code_challenge", handshake.challenge());
    query.put("code_challenge_method", "S256");
    return Queries.with(discovery.metadata().authorization(), query);
  }

  @Override
  public Identity identify(Callback callback, Handshake handshake) {
    Metadata metadata = discovery.metadata();
    requireIssuer(callback, metadata);
    JsonNode answer = redeem(metadata, callback.requireCode(), handshake);
    JwtClaims claims =
        tokens.idToken(answer.path("id_token").asText(), metadata.algorithms(), handshake.nonce());
    return identity(claims, answer);
  }

  /** RFC 9207 section 2.4: before anything is sent anywhere. */
  private void requireIssuer(Callback callback, Metadata metadata) {
    boolean right =
        callback.issuer().map(provider.issuer().toString()::equals).orElse(!metadata.namesItself());
    if (!right) {
      throw ProviderFailure.wrong("the answer names another issuer");
    }
  }

  private JsonNode redeem(Metadata metadata, String code, Handshake handshake) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", client().redirect().toString());
    form.put("code_verifier", handshake.verifier());
    Map<String, String> headers = new LinkedHashMap<>();
    if (metadata.basic()) {
      headers.put("Authorization", basic());
    } else {
      form.put("client_id", client().id());
      form.put("client_secret", client().secret().map(secret -> secret));
    }
    ProviderHttp.Answer answer = http.post(metadata.token(), form, headers);
    if (!answer.isOk()) {
      throw ProviderFailure.refused("the code was not accepted: " + answer.status());
    }
    return answer.body();
  }

  /** RFC 6749 section 2.3.1: both halves encoded as in a form. */
  private String basic() {
    return client()
        .secret()
        .map(
            secret -> {
              String pair = ProviderHttp.encode(client().id()) + ":" + ProviderHttp.encode(secret);
              return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
            });
  }

  private Identity identity(JwtClaims claims, JsonNode answer) {
    return new Identity(
        provider.issuer().toString(),
        ProviderTokens.subject(claims),
        text(claims, "sid"),
        Optional.of(ProviderTokens.issuedAt(claims)),
        text(claims, "preferred_username").or(() -> text(claims, "name")).orElse(""),
        verifiedEmail(claims),
        groups(claims),
        saysGroups(claims),
        Optional.of(end(claims, answer)));
  }

  private static Optional<String> verifiedEmail(JwtClaims claims) {
    return Boolean.TRUE.equals(claims.getClaimValue("email_verified"))
        ? text(claims, "email")
        : Optional.empty();
  }

  private Set<String> groups(JwtClaims claims) {
    Set<String> groups = new HashSet<>();
    switch (claims.getClaimValue(provider.groups())) {
      case Iterable<?> many -> many.forEach(one -> groups.add(String.valueOf(one)));
      case String one -> groups.add(one);
      case null, default -> {}
    }
    return groups;
  }

  /**
   * Core section 5.6.2: claims that are to be had elsewhere, as Entra ID does with more groups than
   * a token holds. Where the claim is just missing there are none: that is how some say it.
   */
  private boolean saysGroups(JwtClaims claims) {
    return claims.hasClaim(provider.groups())
        || !(claims.getClaimValue("_claim_names") instanceof Map<?, ?> elsewhere
            && elsewhere.containsKey(provider.groups()));
  }

  /**
   * Some, Keycloak among them, say with the tokens how long their session lasts without being used;
   * from others there is only the ID token's own end.
   */
  private Instant end(JwtClaims claims, JsonNode answer) {
    Instant now = clock.instant();
    if (provider.common().longest().isPresent()) {
      return now.plus(provider.common().longest().get());
    }
    long seconds = answer.path("refresh_expires_in").asLong(0);
    if (seconds > 0) {
      return now.plusSeconds(seconds);
    }
    return claims.getClaimValue("exp") instanceof Number exp
        ? Instant.ofEpochSecond(exp.longValue())
        : now;
  }

  /**
   * @throws ProviderFailure if it is no logout token of this provider for us
   */
  Logout logout(String token) {
    JwtClaims claims = tokens.logoutToken(token, discovery.metadata().algorithms());
    return new Logout(
        text(claims, "jti").orElse(""),
        text(claims, "sub"),
        text(claims, "sid"),
        ProviderTokens.issuedAt(claims));
  }

  private static Optional<String> text(JwtClaims claims, String name) {
    return claims.getClaimValue(name) instanceof String text && !text.isEmpty()
        ? Optional.of(text)
        : Optional.empty();
  }

  private Provider.Client client() {
    return provider.common().client();
  }
}
