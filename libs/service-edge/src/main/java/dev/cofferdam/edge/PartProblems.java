// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.problems.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What another part says is wrong, passed on as it is; whatever else it says is its own trouble.
 */
final class PartProblems {
  private static final int LONGEST_SECONDS = 3600;
  private static final int PART_AWAY_SECONDS = 5;

  private PartProblems() {}

  /**
   * @param retryAfter what the part said of when to come again, or null
   */
  static Problem of(int status, JsonNode content, @Nullable String retryAfter) {
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
        seconds(retryAfter)
            .or(() -> status == 503 ? Optional.of(PART_AWAY_SECONDS) : Optional.empty()));
  }

  /** Parts say seconds, 1 to 3600, and no dates. */
  private static Optional<Integer> seconds(@Nullable String retryAfter) {
    try {
      return Optional.ofNullable(retryAfter)
          .map(Integer::valueOf)
          .filter(seconds -> seconds >= 1 && seconds <= LONGEST_SECONDS);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
