// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import dev.cofferdam.identity.UserId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Tickets that were taken here and could still be shown again; {@value #MOST_OF_ONE_USER} at most
 * of one user and {@value #MOST} of all, and full means that none is taken. So nobody shuts out
 * others alone. What was taken at another gateway the agent knows: the ticket of session-service
 * that goes with it is good once. Guarded by its owner.
 */
final class SpentSocketTickets {
  static final int MOST = 16_384;
  static final int MOST_OF_ONE_USER = 2_048;

  /** By the time they were taken. */
  private final Map<UUID, Spent> tickets = new LinkedHashMap<>();

  private final Map<UserId, Integer> ofUser = new HashMap<>();

  private record Spent(UserId user, Instant until) {}

  /** Whether it was not taken before. */
  boolean spend(UUID ticket, UserId user, Instant until, Instant now) {
    forgetUntil(now);
    if (tickets.size() >= MOST
        || ofUser.getOrDefault(user, 0) >= MOST_OF_ONE_USER
        || tickets.putIfAbsent(ticket, new Spent(user, until)) != null) {
      return false;
    }
    ofUser.merge(user, 1, Integer::sum);
    return true;
  }

  private void forgetUntil(Instant now) {
    Iterator<Spent> all = tickets.values().iterator();
    while (all.hasNext()) {
      Spent spent = all.next();
      if (!spent.until().isAfter(now)) {
        all.remove();
        ofUser.computeIfPresent(spent.user(), (user, count) -> count == 1 ? null : count - 1);
      }
    }
  }
}
