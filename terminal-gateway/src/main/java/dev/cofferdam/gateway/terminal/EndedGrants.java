// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import dev.cofferdam.gateway.signin.BrowserEnded;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Ends that a ticket which is out may not have been issued before: of its browser's session, of its
 * workspace's, of what its person may. Forgotten when no ticket from before is good any more;
 * {@value #MOST} at most, of which the oldest is forgotten then. Guarded by its owner.
 */
final class EndedGrants {
  static final int MOST = 4096;

  /**
   * By how much another gateway may hear of an end later than this one and be believed no more: in
   * between it issues tickets as if nothing had changed. Both read the same topics, and a reader
   * that the broker has not answered for two seconds is behind.
   */
  static final Duration OTHERS_LAG = Duration.ofSeconds(3);

  private final Map<Object, Instant> ends =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Instant> eldest) {
          return size() > MOST;
        }
      };

  void add(BrowserEnded ended, Instant now) {
    Object what =
        switch (ended) {
          case BrowserEnded.Shown e -> e.key();
          case BrowserEnded.SignIn e -> e.signIn();
          case BrowserEnded.Everywhere e -> e.user();
        };
    put(what, now);
  }

  void add(SessionId session, Instant now) {
    put(session, now);
  }

  private void put(Object what, Instant now) {
    Instant longAgo = now.minus(SocketTickets.LIFE.plus(OTHERS_LAG));
    ends.values().removeIf(end -> end.isBefore(longAgo));
    ends.remove(what);
    ends.put(what, now);
  }

  /**
   * Whether it was issued before one of them, or might have been.
   *
   * @param here whether this gateway has issued it, which then knew what had ended
   */
  boolean concern(SealedGrant ticket, boolean here) {
    Instant issued = here ? ticket.issuedAt() : ticket.issuedAt().minus(OTHERS_LAG);
    return about(ticket).stream()
        .map(ends::get)
        .anyMatch(end -> end != null && !end.isBefore(issued));
  }

  private static Set<Object> about(SealedGrant ticket) {
    UUID signIn = ticket.grant().browser().signIn();
    UserId user = ticket.grant().browser().user();
    return Stream.of(ticket.grant().browser().key(), signIn, user, ticket.grant().session().id())
        .collect(Collectors.toSet());
  }
}
