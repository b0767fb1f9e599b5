// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.tickets;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;

/**
 * Ids of tickets that were accepted and could still be presented again. Bounded; full means refuse.
 *
 * <p>They age by a clock that nobody sets: by the wall clock a step forward would forget them, a
 * step back keep them for ever. When that one is set back, though, what was forgotten long ago may
 * be of the present again; so nothing counts that was issued no later than what was forgotten.
 * Thread-safe.
 */
final class SpentTickets {
  /** 35 s at 117 tickets a second; one sandbox sees a few a second. */
  static final int CAPACITY = 4096;

  private final long keptNanos;
  private final Set<String> ids = new HashSet<>();
  private final Queue<Spent> byAge = new ArrayDeque<>();
  private Instant forgotten = Instant.MIN;

  /** {@code at} is when it was accepted. */
  private record Spent(String id, Instant issuedAt, long at) {}

  enum Outcome {
    FIRST_USE,
    REPLAYED,
    /** Perhaps it was accepted, so long ago that nobody knows any more. */
    STALE,
    FULL
  }

  /**
   * @param kept how long they are remembered; longer than a ticket can be good after it was
   *     accepted
   */
  SpentTickets(Duration kept) {
    keptNanos = kept.toNanos();
  }

  /**
   * @param now of a clock that nobody sets, in nanoseconds
   */
  synchronized Outcome spend(Ticket ticket, long now) {
    forget(now);
    if (ids.contains(ticket.id())) {
      return Outcome.REPLAYED;
    }
    if (!ticket.issuedAt().isAfter(forgotten)) {
      return Outcome.STALE;
    }
    if (ids.size() >= CAPACITY) {
      return Outcome.FULL;
    }
    ids.add(ticket.id());
    byAge.add(new Spent(ticket.id(), ticket.issuedAt(), now));
    return Outcome.FIRST_USE;
  }

  private void forget(long now) {
    while (!byAge.isEmpty() && now - byAge.element().at() >= keptNanos) {
      Spent oldest = byAge.remove();
      ids.remove(oldest.id());
      forgotten = oldest.issuedAt().isAfter(forgotten) ? oldest.issuedAt() : forgotten;
    }
  }
}
