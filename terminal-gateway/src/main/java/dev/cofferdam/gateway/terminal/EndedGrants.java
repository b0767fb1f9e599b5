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
 * {@value #MOST} at most. When the oldest has to be forgotten before its time, every ticket from
 * before it counts as ended, as does every one from before this gateway's start, which has heard of
 * no end. Guarded by its owner.
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
          boolean full = size() > MOST;
          if (full && eldest.getValue().isAfter(unknownUntil)) {
            unknownUntil = eldest.getValue();
          }
          return full;
        }
      };

  /** What ended until then may be unknown here. */
  private Instant unknownUntil;

  EndedGrants(Instant start) {
    unknownUntil = start.minusNanos(1);
  }

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
    if (!unknownUntil.isBefore(issued)) {
      return true;
    }
    return concern(ticket.grant(), issued);
  }

  /** Whether one of them came at that time or later. */
  boolean concern(SocketTickets.Grant grant, Instant since) {
    return about(grant).stream()
        .map(ends::get)
        .anyMatch(end -> end != null && !end.isBefore(since));
  }

  private static Set<Object> about(SocketTickets.Grant grant) {
    UUID signIn = grant.browser().signIn();
    UserId user = grant.browser().user();
    return Stream.of(grant.browser().key(), signIn, user, grant.session().id())
        .collect(Collectors.toSet());
  }
}
