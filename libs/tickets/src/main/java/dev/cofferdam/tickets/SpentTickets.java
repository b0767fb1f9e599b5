// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.tickets;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;

/**
 * Ids of tickets that were accepted and could still be presented again. Bounded; full means refuse.
 */
final class SpentTickets {
  /** 30 s of life at 130 tickets a second; one sandbox sees a few a second. */
  static final int CAPACITY = 4096;

  private record Spent(String id, Instant until) {}

  private final Set<String> ids = new HashSet<>();
  private final Queue<Spent> byAge = new ArrayDeque<>();

  enum Outcome {
    FIRST_USE,
    REPLAYED,
    FULL
  }

  synchronized Outcome spend(String id, Instant until, Instant now) {
    while (!byAge.isEmpty() && byAge.element().until().isBefore(now)) {
      ids.remove(byAge.remove().id());
    }
    if (ids.contains(id)) {
      return Outcome.REPLAYED;
    }
    if (ids.size() >= CAPACITY) {
      return Outcome.FULL;
    }
    ids.add(id);
    byAge.add(new Spent(id, until));
    return Outcome.FIRST_USE;
  }
}
