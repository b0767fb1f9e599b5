// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.program;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.gateway.signin.Audience;
import dev.cofferdam.gateway.signin.AuthPart;
import dev.cofferdam.gateway.signin.Visitor;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import jakarta.enterprise.context.RequestScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What auth-service answers the visitor about programs. Blocks. */
@RequestScoped
class ProgramPart {
  private final AuthPart auth;
  private final Visitor visitor;
  private final ObjectMapper json;

  ProgramPart(AuthPart auth, Visitor visitor, ObjectMapper json) {
    this.auth = auth;
    this.visitor = visitor;
    this.json = json;
  }

  <T> List<T> list(String path, Class<T> type) {
    return call("GET", path, null)
        .valueStream()
        .map(item -> json.convertValue(item, type))
        .toList();
  }

  <T> T change(String method, String path, @Nullable Object body, Class<T> type) {
    return json.convertValue(call(method, path, body), type);
  }

  void delete(String path) {
    call("DELETE", path, null);
  }

  private JsonNode call(String method, String path, @Nullable Object body) {
    return auth.asVisitor(method, path, visitor.token(Audience.AUTH), body);
  }

  /** It goes into a path: nothing but an id gets that far. */
  static String known(String noun, String id) {
    try {
      return UUID.fromString(id).toString();
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.notFound(noun), e);
    }
  }
}
