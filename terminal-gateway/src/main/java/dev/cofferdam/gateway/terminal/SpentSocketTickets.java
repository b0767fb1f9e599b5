// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Tickets that were taken here and could still be shown again; {@value #MOST} at most, and full
 * means that none is taken. What was taken at another gateway the agent knows: the ticket of
 * session-service that goes with it is good once. Guarded by its owner.
 */
final class SpentSocketTickets {
  static final int MOST = 2048;

  /** By the time they were taken. */
  private final Map<UUID, Instant> goodUntil = new LinkedHashMap<>();

  /** Whether it was not taken before. */
  boolean spend(UUID ticket, Instant until, Instant now) {
    goodUntil.values().removeIf(end -> !end.isAfter(now));
    return goodUntil.size() < MOST && goodUntil.putIfAbsent(ticket, until) == null;
  }
}
