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
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Tickets for sockets: good once, for half a minute, for one browser session and one terminal, at
 * any gateway of the same start (ADR 0032), since a browser does not choose which one it reaches.
 * Nothing is kept of one that is out: it is sealed, and says itself what it is for. Thread-safe.
 */
@ApplicationScoped
class SocketTickets {
  static final Duration LIFE = Duration.ofSeconds(30);
  private static final int FIRST = 1;

  private final InstantSource clock;
  private final TicketSeal seal;
  private final UUID self = UUID.randomUUID();
  private final SpentSocketTickets spent = new SpentSocketTickets();
  private final EndedGrants ends;

  @Inject
  SocketTickets(
      @ConfigProperty(name = "coffer.socket-tickets.key") Optional<String> keyOfAllGateways) {
    this(InstantSource.system(), new TicketSeal(keyOfAllGateways));
  }

  SocketTickets(InstantSource clock, TicketSeal seal) {
    this.clock = clock;
    this.seal = seal;
    ends = new EndedGrants(clock.instant());
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

    boolean isForTheSameAs(Grant other) {
      return session.id().equals(other.session().id()) && terminal == other.terminal();
    }

    @Override
    public String toString() {
      return "Grant[" + session.id() + ", terminal " + terminal + "]";
    }
  }

  Issued issue(Browser browser, OpenSession session, int terminal, String agentTicket) {
    Instant now = clock.instant();
    Instant expiresAt = now.plus(LIFE);
    Grant grant = new Grant(browser, session, terminal, agentTicket, expiresAt);
    return new Issued(new SealedGrant(UUID.randomUUID(), self, now, grant).seal(seal), expiresAt);
  }

  /**
   * Spends the ticket, whoever brings it; empty if it is not known, its time is over, or what it
   * stands on has ended since.
   */
  synchronized Optional<Grant> spend(String ticket) {
    Instant now = clock.instant();
    return SealedGrant.open(seal, ticket)
        .filter(t -> t.grant().expiresAt().isAfter(now))
        .filter(t -> spent.spend(t.id(), t.grant().browser().user(), t.grant().expiresAt(), now))
        .filter(t -> !ends.concern(t, t.issuer().equals(self)))
        .map(SealedGrant::grant);
  }

  /**
   * Whether what was let in has ended since its ticket was issued. Asked once its view is where
   * ends are told to, it leaves no gap between the ticket and the view.
   */
  synchronized boolean isOver(Grant grant) {
    return ends.concern(grant, grant.expiresAt().minus(LIFE));
  }

  /** Before views are told: who comes in meanwhile asks {@link #isOver}. */
  synchronized void forget(@Observes @Priority(FIRST) BrowserEnded ended) {
    ends.add(ended, clock.instant());
  }

  synchronized void forget(@Observes @Priority(FIRST) SessionEnded ended) {
    ends.add(ended.session(), clock.instant());
  }
}
