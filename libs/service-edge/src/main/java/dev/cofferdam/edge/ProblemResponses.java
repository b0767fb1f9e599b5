// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import dev.cofferdam.problems.Problem;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/** Problems as answers: application/problem+json, never cached. */
public final class ProblemResponses {
  public static final String MEDIA_TYPE = "application/problem+json";

  private ProblemResponses() {}

  public static Response of(Problem problem) {
    Response.ResponseBuilder answer =
        Response.status(problem.status())
            .type(MEDIA_TYPE)
            .header("Cache-Control", "no-store")
            .entity(fields(problem));
    problem.retryAfterSeconds().ifPresent(s -> answer.header("Retry-After", s));
    return answer.build();
  }

  /** The members of RFC 9457 and ours: {@code id}, {@code errors}. */
  public static Map<String, Object> fields(Problem problem) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", Problem.TYPE_PREFIX + problem.slug());
    fields.put("title", problem.title());
    fields.put("status", problem.status());
    fields.put("detail", problem.detail());
    fields.put("id", problem.id());
    if (!problem.errors().isEmpty()) {
      fields.put(
          "errors",
          problem.errors().stream()
              .map(e -> Map.of("field", e.field(), "rule", e.rule()))
              .toList());
    }
    return fields;
  }
}
