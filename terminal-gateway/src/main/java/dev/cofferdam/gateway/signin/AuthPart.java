// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.edge.PartClient;
import dev.cofferdam.identity.UserId;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What auth-service answers to the gateway. Blocks. */
@Singleton
class AuthPart {
  private final PartClient part;
  private final String credential;

  AuthPart(
      ObjectMapper json,
      @ConfigProperty(name = "coffer.auth.url", defaultValue = "http://127.0.0.1:1") URI url,
      @ConfigProperty(name = "coffer.call.auth.secret") Optional<String> credential) {
    part = new PartClient("auth-service", url, json);
    this.credential = credential.orElse("");
  }

  /** An access token; never printed. */
  record Token(
      String bearer,
      Instant expiresAt,
      UserId user,
      String userName,
      Optional<Instant> browserSessionExpiresAt) {
    @Override
    public String toString() {
      return "Token[until " + expiresAt + "]";
    }
  }

  /** Spends a one-time link; the cookie's secret. */
  String signIn(String linkToken, String userAgent, String address) {
    JsonNode answer =
        part.call(
            "POST",
            "/internal/sign-ins",
            credential,
            Map.of("linkToken", linkToken, "userAgent", userAgent, "address", address));
    return answer.path("browserSession").path("secret").asText();
  }

  Token token(String secret, Audience audience) {
    JsonNode answer =
        part.call(
            "POST",
            "/internal/tokens",
            credential,
            Map.of("secret", secret, "audience", audience.wireName()));
    JsonNode until = answer.path("browserSessionExpiresAt");
    return new Token(
        answer.path("accessToken").asText(),
        Instant.parse(answer.path("expiresAt").asText()),
        UserId.parse(answer.path("user").path("id").asText()),
        answer.path("user").path("name").asText(),
        until.isTextual() ? Optional.of(Instant.parse(until.textValue())) : Optional.empty());
  }

  void signOut(String secret) {
    part.call("POST", "/internal/sign-outs", credential, Map.of("secret", secret));
  }
}
