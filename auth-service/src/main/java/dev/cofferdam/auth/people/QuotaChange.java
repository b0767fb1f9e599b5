// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.people;

import dev.cofferdam.identity.Quota;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is left out stays as it is. */
@Schema(name = "Quotas")
public record QuotaChange(
    @Nullable Integer workspaces, @Nullable Integer openSessions, @Nullable Long bytes) {

  /**
   * @throws ProblemException 400 naming what is out of range
   */
  QuotaChange requireInRange() {
    require("quotas.workspaces", workspaces, Quota.MOST_WORKSPACES);
    require("quotas.openSessions", openSessions, Quota.MOST_SESSIONS);
    require("quotas.bytes", bytes, Quota.MOST_BYTES);
    return this;
  }

  private static void require(String field, @Nullable Number value, long most) {
    if (value != null && (value.longValue() < 0 || value.longValue() > most)) {
      throw new ProblemException(Problem.badField(field, "0 to " + most));
    }
  }

  void applyTo(OwnQuota quota) {
    quota.workspaces = workspaces == null ? quota.workspaces : workspaces;
    quota.openSessions = openSessions == null ? quota.openSessions : openSessions;
    quota.bytes = bytes == null ? quota.bytes : bytes;
  }
}
