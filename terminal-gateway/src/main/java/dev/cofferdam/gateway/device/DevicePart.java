// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.gateway.signin.AuthPart;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What auth-service answers about sign-ins. Blocks. */
@Singleton
class DevicePart {
  private final AuthPart auth;
  private final ObjectMapper json;

  DevicePart(AuthPart auth, ObjectMapper json) {
    this.auth = auth;
    this.json = json;
  }

  <T> List<T> list(String bearer, String path, Class<T> kind) {
    return auth.asVisitor("GET", path, bearer, null)
        .valueStream()
        .map(answer -> json.convertValue(answer, kind))
        .toList();
  }

  /** Ends sign-ins; which. */
  List<UUID> end(String bearer, String path) {
    return ended(auth.asVisitor("DELETE", path, bearer, Map.of()));
  }

  void delete(String bearer, String path) {
    auth.asVisitor("DELETE", path, bearer, Map.of());
  }

  private static List<UUID> ended(JsonNode answer) {
    return answer.path("ended").valueStream().map(id -> UUID.fromString(id.asText())).toList();
  }
}
