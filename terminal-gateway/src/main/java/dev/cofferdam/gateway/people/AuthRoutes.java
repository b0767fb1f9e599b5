// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.people;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.gateway.signin.Audience;
import dev.cofferdam.gateway.signin.AuthPart;
import dev.cofferdam.gateway.signin.Visitor;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** auth-service's routes for people, asked in the name of the visitor. Blocks. */
@Singleton
class AuthRoutes {
  private final AuthPart auth;
  private final Visitor visitor;
  private final ObjectMapper json;

  AuthRoutes(AuthPart auth, Visitor visitor, ObjectMapper json) {
    this.auth = auth;
    this.visitor = visitor;
    this.json = json;
  }

  <T> List<T> list(String path, Class<T> type) {
    List<T> all = new ArrayList<>();
    call("GET", path, null).forEach(one -> all.add(read(one, type)));
    return all;
  }

  <T> T send(String method, String path, @Nullable Object body, Class<T> type) {
    return read(call(method, path, body), type);
  }

  void delete(String path) {
    call("DELETE", path, null);
  }

  private JsonNode call(String method, String path, @Nullable Object body) {
    return auth.asVisitor(method, path, visitor.token(Audience.AUTH), body);
  }

  /** What browsers send before anybody is signed in. */
  <T> T asPart(String path, Object body, Class<T> type) {
    return read(auth.asPart("POST", path, body), type);
  }

  private <T> T read(JsonNode answer, Class<T> type) {
    try {
      return json.treeToValue(answer, type);
    } catch (JsonProcessingException e) {
      throw new ProblemException(Problem.unavailable("auth-service"), e);
    }
  }

  /** An id that can be none answers like one that is unknown, and gets into no path. */
  static String id(String text, String what) {
    try {
      return UserId.parse(text).toString();
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.notFound(what), e);
    }
  }

  static <T> T require(@Nullable T body) {
    if (body == null) {
      throw new ProblemException(Problem.malformed("The body is missing: send JSON."));
    }
    return body;
  }
}
