// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Decisions;
import dev.cofferdam.decisions.Kind;
import dev.cofferdam.decisions.Resource;
import dev.cofferdam.gateway.session.OpenSession;
import dev.cofferdam.gateway.session.SessionEnded;
import dev.cofferdam.gateway.signin.Browser;
import dev.cofferdam.gateway.signin.BrowserEnded;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.secrets.SecretBytes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tickets for sockets: 256 random bits, good once, for half a minute, for one browser session and
 * one terminal. At most {@value #MOST} are out. Thread-safe.
 */
@ApplicationScoped
class SocketTickets {
  static final int MOST = 2048;
  static final Duration LIFE = Duration.ofSeconds(30);
  private static final int TICKET_BYTES = 32;

  private final InstantSource clock;

  /** In the order of issue, which is that of expiry. */
  private final Map<String, Grant> out = new LinkedHashMap<>();

  SocketTickets() {
    this(InstantSource.system());
  }

  SocketTickets(InstantSource clock) {
    this.clock = clock;
  }

  record Issued(String ticket, Instant expiresAt) {
    @Override
    public String toString() {
      return "Issued[until " + expiresAt + "]";
    }
  }

  /** What a ticket lets in to; the agent's own ticket goes with it and is never printed. */
  record Grant(
      Browser browser, OpenSession session, int terminal, String agentTicket, Instant expiresAt) {
    /** Asked for the upgrade and again for each message that the browser sends. */
    boolean isAllowed(Instant now) {
      Resource its = Resource.in(Kind.TERMINAL, session.user(), session.workspace());
      return Decisions.decide(browser.subject(now), Action.TERMINAL_USE, its).isAllowed();
    }

    @Override
    public String toString() {
      return "Grant[" + session.id() + ", terminal " + terminal + "]";
    }
  }

  synchronized Issued issue(
      Browser browser, OpenSession session, int terminal, String agentTicket) {
    Instant now = clock.instant();
    out.values().removeIf(grant -> !grant.expiresAt().isAfter(now));
    if (out.size() >= MOST) {
      throw new ProblemException(Problem.unavailable("A place for one more socket"));
    }
    String ticket = random();
    Instant expiresAt = now.plus(LIFE);
    out.put(ticket, new Grant(browser, session, terminal, agentTicket, expiresAt));
    return new Issued(ticket, expiresAt);
  }

  /** Spends the ticket, whoever brings it; empty if it is not known or its time is over. */
  synchronized Optional<Grant> spend(String ticket) {
    return Optional.ofNullable(out.remove(ticket))
        .filter(grant -> grant.expiresAt().isAfter(clock.instant()));
  }

  synchronized void forget(@Observes BrowserEnded ended) {
    out.values().removeIf(grant -> ended.concerns(grant.browser()));
  }

  synchronized void forget(@Observes SessionEnded ended) {
    out.values().removeIf(grant -> grant.session().id().equals(ended.session()));
  }

  private static String random() {
    try (SecretBytes ticket = SecretBytes.random(TICKET_BYTES)) {
      return ticket.toBase64Url();
    }
  }
}
