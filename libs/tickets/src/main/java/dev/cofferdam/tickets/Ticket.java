// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.tickets;

import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The claims of a ticket.
 *
 * @param id {@code jti}: accepted once by the sandbox
 * @param expiresAt at most 30 s after {@code issuedAt}
 * @param terms present for {@link TicketAction#OPEN} and {@link TicketAction#RENEW}
 */
public record Ticket(
    String id,
    TicketAction action,
    SandboxId sandbox,
    SessionId session,
    WorkspaceId workspace,
    UserId user,
    Instant issuedAt,
    Instant expiresAt,
    Optional<LeaseTerms> terms) {

  /** The longest life of a ticket, in seconds. */
  public static final long LONGEST_LIFE_SECONDS = 30;

  public Ticket {
    boolean needsTerms = action == TicketAction.OPEN || action == TicketAction.RENEW;
    if (needsTerms != terms.isPresent()) {
      throw new IllegalArgumentException("open and renew carry lease terms, the others none");
    }
    if (expiresAt.isAfter(issuedAt.plusSeconds(LONGEST_LIFE_SECONDS))) {
      throw new IllegalArgumentException("a ticket lives 30 s at most");
    }
  }

  /**
   * How long ago it was signed: what it permits for a time, it permits from then on. Never
   * negative; up to a second too short, since a ticket tells whole seconds.
   */
  public Duration age(Instant now) {
    Duration age = Duration.between(issuedAt.plusSeconds(1), now);
    return age.isNegative() ? Duration.ZERO : age;
  }
}
