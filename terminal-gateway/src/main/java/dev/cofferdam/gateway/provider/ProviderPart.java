// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.gateway.signin.AuthPart;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What auth-service knows of providers. Blocks. */
@Singleton
class ProviderPart {
  /** auth-service asks the provider several times, each within four seconds. */
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private static final String ROUTES = "/internal/providers";

  private final AuthPart auth;

  ProviderPart(AuthPart auth) {
    this.auth = auth;
  }

  /** Where people may sign in, for a page. */
  public record Named(String id, String name) {}

  List<Named> list() {
    List<Named> all = new ArrayList<>();
    auth.asPart("GET", ROUTES, null)
        .path("providers")
        .forEach(p -> all.add(new Named(p.path("id").asText(), p.path("name").asText())));
    return all;
  }

  /** Where the browser has to go. */
  URI begin(String id, String journey, String from) {
    Map<String, String> body = Map.of("browser", journey, "address", from);
    JsonNode answer = auth.asPart("POST", ROUTES + "/" + id + "/sign-ins", body, LONGEST);
    return URI.create(answer.path("address").asText());
  }

  /** The secret of the new browser session. */
  String finish(String id, String journey, Map<String, String> answer, String agent, String from) {
    Map<String, String> body = new HashMap<>(answer);
    body.put("browser", journey);
    body.put("userAgent", agent);
    body.put("address", from);
    return auth.asPart("POST", ROUTES + "/" + id + "/callbacks", body, LONGEST)
        .path("browserSession")
        .path("secret")
        .asText();
  }

  void logout(String id, String token) {
    auth.asPart("POST", ROUTES + "/" + id + "/logouts", Map.of("token", token), LONGEST);
  }
}
