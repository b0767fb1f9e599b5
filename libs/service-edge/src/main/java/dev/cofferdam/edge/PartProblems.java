// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.problems.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What another part says is wrong, passed on as it is; whatever else it says is its own trouble.
 */
final class PartProblems {
  private PartProblems() {}

  static Problem of(int status, JsonNode content) {
    String type = content.path("type").asText();
    if (!type.startsWith(Problem.TYPE_PREFIX)) {
      return Problem.unavailable("A part that is needed");
    }
    List<Problem.FieldError> errors = new ArrayList<>();
    content
        .path("errors")
        .forEach(
            e ->
                errors.add(
                    new Problem.FieldError(e.path("field").asText(), e.path("rule").asText())));
    return new Problem(
        type.substring(Problem.TYPE_PREFIX.length()),
        status,
        content.path("title").asText(),
        content.path("detail").asText(),
        content.path("id").asText(),
        errors,
        status == 503 ? Optional.of(5) : Optional.empty());
  }
}
