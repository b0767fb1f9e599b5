// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.passkey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.gateway.limit.SignInLimits;
import dev.cofferdam.gateway.signin.AuthPart;
import dev.cofferdam.gateway.signin.Visitor;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** What auth-service answers about passkeys. Blocks. */
@Singleton
class PasskeyPart {
  private final AuthPart auth;
  private final SignInLimits limits;
  private final ObjectMapper json;

  PasskeyPart(AuthPart auth, SignInLimits limits, ObjectMapper json) {
    this.auth = auth;
    this.limits = limits;
    this.json = json;
  }

  RequestOptions challenge(Visitor visitor) {
    JsonNode answer =
        auth.asPart("POST", "/internal/passkey/challenges", Map.of("address", visitor.address()));
    return json.convertValue(answer, RequestOptions.class);
  }

  /** The new cookie's secret. */
  String signIn(String challengeId, JsonNode credential, Visitor visitor) {
    Map<String, Object> body =
        Map.of(
            "challengeId",
            challengeId,
            "credential",
            credential,
            "userAgent",
            visitor.userAgent(),
            "address",
            visitor.address());
    JsonNode answer = auth.asPart("POST", "/internal/passkey/sign-ins", body);
    limits.succeeded(answer.path("user").path("id").asText(), visitor.address());
    return answer.path("browserSession").path("secret").asText();
  }

  CreationOptions challenge(String bearer) {
    JsonNode answer = auth.asVisitor("POST", "/passkeys/challenges", bearer, Map.of());
    return json.convertValue(answer, CreationOptions.class);
  }

  PasskeyAnswer add(String bearer, String challengeId, String name, JsonNode credential) {
    Map<String, Object> body =
        Map.of("challengeId", challengeId, "name", name, "credential", credential);
    return passkey(auth.asVisitor("POST", "/passkeys", bearer, body));
  }

  List<PasskeyAnswer> list(String bearer) {
    return auth.asVisitor("GET", "/passkeys", bearer, null)
        .valueStream()
        .map(this::passkey)
        .toList();
  }

  void revoke(String bearer, String id) {
    auth.asVisitor("DELETE", "/passkeys/" + id, bearer, Map.of());
  }

  private PasskeyAnswer passkey(JsonNode answer) {
    return json.convertValue(answer, PasskeyAnswer.class);
  }
}
