// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.program;

import dev.cofferdam.decisions.Scope;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a key is wanted for.
 *
 * @param name 1 to 64 characters, see {@link Names}
 * @param scopes 1 to 64, each once
 * @param expiresAt RFC 3339, from an hour to 366 days from now
 */
public record KeyRequest(
    @Nullable String name,
    @Nullable List<ScopeWanted> scopes,
    @Schema(examples = "2027-01-01T00:00:00Z") @Nullable String expiresAt) {
  private static final int MOST_SCOPES = 64;
  private static final Duration SHORTEST_LIFE = Duration.ofHours(1);

  /**
   * @param verb for instance {@code workspace.read}
   * @param workspaceId the only workspace it is good for, or null for all
   */
  public record ScopeWanted(
      @Schema(examples = "workspace.read") @Nullable String verb, @Nullable String workspaceId) {}

  Keys.Wanted checked(Instant now) {
    return new Keys.Wanted(Names.require("name", name), checkedScopes(), checkedExpiry(now));
  }

  private Set<Scope> checkedScopes() {
    if (scopes == null || scopes.isEmpty() || scopes.size() > MOST_SCOPES) {
      throw badField("scopes", "1 to 64 pairs of verb and, for one workspace only, workspaceId");
    }
    return scopes.stream().map(KeyRequest::scope).collect(Collectors.toSet());
  }

  private static Scope scope(@Nullable ScopeWanted wanted) {
    if (wanted == null || wanted.verb() == null) {
      throw badField("scopes.verb", "a verb such as workspace.read");
    }
    try {
      Scope everywhere = Scope.parse(wanted.verb());
      return wanted.workspaceId() == null
          ? everywhere
          : new Scope(
              everywhere.verb(), java.util.Optional.of(WorkspaceId.parse(wanted.workspaceId())));
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          Problem.badField(
              "scopes", "verbs that programs may be given, such as workspace.read, and ids"),
          e);
    }
  }

  private Instant checkedExpiry(Instant now) {
    try {
      Instant wanted = Instant.parse(expiresAt == null ? "" : expiresAt);
      if (!wanted.isBefore(now.plus(SHORTEST_LIFE))
          && !wanted.isAfter(now.plus(Keys.LONGEST_LIFE))) {
        return wanted;
      }
    } catch (DateTimeParseException e) {
      throw new ProblemException(Problem.badField("expiresAt", "an instant (RFC 3339)"), e);
    }
    throw badField("expiresAt", "from an hour to 366 days from now");
  }

  private static ProblemException badField(String field, String rule) {
    return new ProblemException(Problem.badField(field, rule));
  }
}
