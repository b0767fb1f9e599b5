// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.decisions.Scope;
import dev.cofferdam.edge.PartClient;
import dev.cofferdam.gateway.limit.PresentAddress;
import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.problems.ProblemException;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** What auth-service answers to the gateway. Blocks. */
@Singleton
public class AuthPart {
  private final PartClient part;
  private final Lookups lookups;
  private final String credential;

  AuthPart(
      Vertx vertx,
      ObjectMapper json,
      PresentAddress client,
      Lookups lookups,
      @ConfigProperty(name = "coffer.auth.url", defaultValue = "http://127.0.0.1:1") List<URI> urls,
      @ConfigProperty(name = "coffer.call.auth.secret") Optional<String> credential) {
    part = new PartClient(vertx, "auth-service", urls, json, client);
    this.lookups = lookups;
    this.credential = credential.orElse("");
  }

  /** Where something was shown: told of who is refused. Either may be empty. */
  record Place(String userAgent, String address) {}

  /** An access token; never printed. */
  record Token(
      String bearer,
      Instant expiresAt,
      UUID signIn,
      UserId user,
      String userName,
      Role role,
      Optional<Set<Scope>> scopes,
      Optional<Instant> signInExpiresAt) {
    @Override
    public String toString() {
      return "Token[until " + expiresAt + "]";
    }
  }

  /**
   * A route that is for the gateway as a part of Cofferdam.
   *
   * @param body turned into JSON, or null for none
   * @throws ProblemException for every answer that is no success
   */
  public JsonNode asPart(String method, String path, @Nullable Object body) {
    return part.call(method, path, credential, body);
  }

  /** The same for a route that has to wait for somebody outside. */
  public JsonNode asPart(String method, String path, @Nullable Object body, Duration longest) {
    return part.call(method, path, credential, body, longest);
  }

  /**
   * A route for people, in the name of one.
   *
   * @param bearer from {@link Visitor#token} for {@link Audience#AUTH}
   * @throws ProblemException for every answer that is no success
   */
  public JsonNode asVisitor(String method, String path, String bearer, @Nullable Object body) {
    return part.call(method, path, bearer, body);
  }

  /** Spends a one-time link; the cookie's secret. */
  String signIn(String linkToken, String userAgent, String address) {
    JsonNode answer =
        asPart(
            "POST",
            "/internal/sign-ins",
            Map.of("linkToken", linkToken, "userAgent", userAgent, "address", address));
    return answer.path("browserSession").path("secret").asText();
  }

  /**
   * @throws ProblemException 401 for what is no good; 429 where too much of that was shown
   */
  Token token(Presented presented, Audience audience, Place from) {
    return lookups.look(presented.key(), from, () -> ask(presented, audience, from));
  }

  private Token ask(Presented presented, Audience audience, Place from) {
    String member =
        switch (presented) {
          case Presented.CookieSecret c -> "secret";
          case Presented.ApiKey k -> "apiKey";
          case Presented.AccessToken t -> "accessToken";
        };
    JsonNode answer =
        asPart(
            "POST",
            "/internal/tokens",
            Map.of(
                member,
                presented.text(),
                "audience",
                audience.wireName(),
                "userAgent",
                from.userAgent(),
                "address",
                from.address()));
    JsonNode until = answer.path("signInExpiresAt");
    return new Token(
        answer.path("accessToken").asText(),
        Instant.parse(answer.path("expiresAt").asText()),
        UUID.fromString(answer.path("signIn").asText()),
        UserId.parse(answer.path("user").path("id").asText()),
        answer.path("user").path("name").asText(),
        Role.parse(answer.path("user").path("role").asText()),
        scopes(presented, answer.path("scopes")),
        until.isTextual() ? Optional.of(Instant.parse(until.textValue())) : Optional.empty());
  }

  /**
   * A key without scopes may nothing; it must never pass for the person. An access token is for a
   * sign-in of the person's own, by the signature of their SSH key, and may what their cookie may:
   * that is how auth-service issues it and how services take it. It can make what lasts longer than
   * itself, such as a key, as the cookie can, which stands for the same proof.
   */
  private static Optional<Set<Scope>> scopes(Presented presented, JsonNode words) {
    return switch (presented) {
      case Presented.CookieSecret c -> Optional.empty();
      case Presented.AccessToken t when words.isMissingNode() || words.isNull() -> Optional.empty();
      case Presented.AccessToken t -> Optional.of(scopes(words));
      case Presented.ApiKey k -> Optional.of(scopes(words));
    };
  }

  private static Set<Scope> scopes(JsonNode words) {
    Set<Scope> scopes = new HashSet<>();
    words.forEach(word -> scopes.add(Scope.parse(word.asText())));
    return scopes;
  }

  /**
   * Which of these do not hold, and why: auth-service's word, or {@link BrowserEnded#OVER} where it
   * knows none.
   *
   * @throws ProblemException if it can't be asked
   */
  public Map<UUID, String> over(Collection<UUID> signIns) {
    List<String> ids = signIns.stream().map(UUID::toString).toList();
    JsonNode answer = asPart("POST", "/internal/over", Map.of("signIns", ids));
    Map<UUID, String> over = new HashMap<>();
    for (JsonNode id : answer.path("ended")) {
      String reason = answer.path("reasons").path(id.asText()).asText();
      over.put(UUID.fromString(id.asText()), reason.isEmpty() ? BrowserEnded.OVER : reason);
    }
    return over;
  }

  void signOut(String secret) {
    asPart("POST", "/internal/sign-outs", Map.of("secret", secret));
  }
}
