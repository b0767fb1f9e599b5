// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.tickets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.tickets.SpentTickets.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SpentTicketsTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final Duration KEPT = Duration.ofSeconds(35);

  private final SpentTickets spent = new SpentTickets(KEPT);
  private long now = Long.MAX_VALUE - 5; // it may overflow

  @Test
  void remembersForSoLongHoweverTheClockStands() {
    Ticket ticket = issued(NOON.plusSeconds(3600));
    assertThat(spend(ticket)).isEqualTo(Outcome.FIRST_USE);
    now += KEPT.toNanos() - 1;
    assertThat(spend(issued(NOON))).as("it was set back").isEqualTo(Outcome.FIRST_USE);
    assertThat(spend(ticket)).isEqualTo(Outcome.REPLAYED);
  }

  @Test
  void takesNothingThatItMayHaveForgotten() {
    Ticket ticket = issued(NOON);
    spend(ticket);
    now += KEPT.toNanos();
    assertThat(spend(ticket)).isEqualTo(Outcome.STALE);
    assertThat(spend(issued(NOON.minusSeconds(1)))).isEqualTo(Outcome.STALE);
    assertThat(spend(issued(NOON.plusSeconds(1)))).isEqualTo(Outcome.FIRST_USE);
  }

  @Test
  void isFullOnlyUntilTheyAreOld() {
    for (int i = 0; i < SpentTickets.CAPACITY; i++) {
      assertThat(spend(issued(NOON))).isEqualTo(Outcome.FIRST_USE);
    }
    now += KEPT.toNanos() - 1;
    assertThat(spend(issued(NOON.plusSeconds(35)))).isEqualTo(Outcome.FULL);
    now++;
    assertThat(spend(issued(NOON.plusSeconds(35)))).isEqualTo(Outcome.FIRST_USE);
  }

  private Outcome spend(Ticket ticket) {
    return spent.spend(ticket, now);
  }

  private static Ticket issued(Instant at) {
    return new Ticket(
        UUID.randomUUID().toString(),
        TicketAction.TERMINAL,
        SandboxId.random(),
        SessionId.random(),
        WorkspaceId.random(),
        UserId.random(),
        at,
        at.plusSeconds(30),
        Optional.empty());
  }
}
