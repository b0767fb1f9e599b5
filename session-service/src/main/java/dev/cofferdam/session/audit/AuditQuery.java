// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Which entries somebody asks for; what is absent or empty asks for nothing. */
public class AuditQuery {
  private static final int LONGEST = 128;
  private static final Set<String> OUTCOMES = Set.of("allowed", "refused");

  /** PostgreSQL knows no time before; what is asked for happened later. */
  private static final Instant EARLIEST = Instant.EPOCH;

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  @RestQuery @Nullable String actor;
  @RestQuery @Nullable String kind;
  @RestQuery @Nullable String workspace;
  @RestQuery @Nullable String outcome;

  /** From then on, RFC 3339. */
  @RestQuery @Nullable String from;

  /** Up to, without, then; RFC 3339. */
  @RestQuery @Nullable String to;

  boolean isEmpty() {
    return filter().conditions().isEmpty();
  }

  /**
   * @throws ProblemException for a value that can't be one
   */
  Filter filter() {
    Filter filter = Filter.ALL;
    filter = text(filter, "actor", actor);
    filter = text(filter, "kind", kind);
    filter = text(filter, "workspace", workspace);
    if (outcome != null && !outcome.isEmpty() && !OUTCOMES.contains(outcome)) {
      throw new ProblemException(Problem.badField("outcome", "allowed or refused"));
    }
    filter = text(filter, "outcome", outcome);
    filter = time(filter, "from", "at >= ?", from);
    return time(filter, "to", "at < ?", to);
  }

  private static Filter text(Filter filter, String column, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      return filter;
    }
    if (value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl)) {
      throw new ProblemException(Problem.badField(column, "a word of at most 128 characters"));
    }
    return filter.and(column + " = ?", value);
  }

  private static Filter time(
      Filter filter, String field, String condition, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      return filter;
    }
    try {
      Instant time = OffsetDateTime.parse(value).toInstant();
      if (!time.isBefore(EARLIEST) && !time.isAfter(LATEST)) {
        return filter.and(condition, time.atOffset(ZoneOffset.UTC));
      }
    } catch (DateTimeException e) {
      throw new ProblemException(Problem.badField(field, "a time (RFC 3339)"), e);
    }
    throw new ProblemException(Problem.badField(field, "a time from 1970 to 9999"));
  }
}
