// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import dev.cofferdam.gateway.sandbox.AgentDoor;
import dev.cofferdam.gateway.sandbox.Sandboxes;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.terminal.protocol.ControlAnswer;
import dev.cofferdam.terminal.protocol.ControlFrame;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Renews the leases of all boxes, a third of a lease apart. When this stops, or session-service
 * does not answer, the agents lock themselves.
 */
@ApplicationScoped
class Leases {
  private static final Logger LOG = Logger.getLogger(Leases.class);
  private static final Duration FOR_AGENT = Duration.ofSeconds(3);

  /** 30 s of lease at one renewal each 10 s, and one more. */
  private static final int MOST_UNTAKEN = 4;

  private final SessionPart sessions;
  private final Sandboxes sandboxes;
  private final OpenSessions open;
  private final Adoption adoption;
  private final IdleWatch idle;
  private final EndedSessions ended;
  private final TicketRefusals refusals;
  private final Activity activity;
  private final Duration every;

  /** How many leases in a row an agent has not taken. */
  private final Map<SessionId, Integer> untaken = new ConcurrentHashMap<>();

  Leases(
      SessionPart sessions,
      Sandboxes sandboxes,
      OpenSessions open,
      Adoption adoption,
      IdleWatch idle,
      EndedSessions ended,
      TicketRefusals refusals,
      Activity activity,
      LeaseConfig config) {
    every = config.every();
    this.activity = activity;
    this.refusals = refusals;
    this.ended = ended;
    this.idle = idle;
    this.adoption = adoption;
    this.sessions = sessions;
    this.sandboxes = sandboxes;
    this.open = open;
  }

  @Scheduled(every = "${coffer.lease.every:10s}", concurrentExecution = ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  void renewAll() {
    lookAround();
    List<OpenSession> all = open.all();
    untaken.keySet().retainAll(all.stream().map(OpenSession::id).toList());
    RenewalRound round = new RenewalRound(all.size(), every);
    for (int group = 0; group < round.groups() && round.awaits(group); group++) {
      List<OpenSession> some = all.subList(round.from(group), round.to(group));
      // A thread each: a session-service that hangs must not hold up the next round too.
      Thread.ofVirtual().name("leases-" + group).start(() -> renew(some));
    }
  }

  /** What another gateway has opened is looked after here too: it may be gone tomorrow. */
  private void lookAround() {
    try {
      adoption.lookAround();
    } catch (ProblemException e) {
      LOG.debugf("boxes are looked for later: %s", e.problem().slug());
    } catch (IllegalStateException e) {
      // Whatever the host said: leases go on.
      LOG.warnf("boxes are looked for later: %s", e.getMessage());
    }
  }

  private void renew(List<OpenSession> some) {
    try {
      for (SessionPart.Renewal renewal : sessions.renew(some, activity::storage)) {
        some.stream()
            .filter(session -> session.id().equals(renewal.session()))
            .forEach(session -> pass(session, renewal));
      }
    } catch (ProblemException e) {
      LOG.warnf("leases are not renewed: %s %s", e.problem().slug(), e.problem().id());
    }
  }

  /** A thread each: one agent that hangs must not cost the others their lease. */
  private void pass(OpenSession session, SessionPart.Renewal renewal) {
    Thread.ofVirtual()
        .name("lease-" + session.id())
        .start(
            () ->
                renewal
                    .ticket()
                    .ifPresentOrElse(
                        ticket -> renewed(session, ticket), () -> ended.end(session.id())));
  }

  private void renewed(OpenSession session, String ticket) {
    try {
      ControlFrame.Renew renew = new ControlFrame.Renew(ticket);
      switch (AgentDoor.renew(
          session.socket(), renew, FOR_AGENT, told -> refusals.heard(session.id(), told))) {
        case ControlAnswer.Renewed now -> {
          untaken.remove(session.id());
          idle.renewed(session.id(), now);
        }
        case ControlAnswer other -> {
          refusals.answered(session.id(), other);
          LOG.warnf("the agent of %s takes no lease: %s", session.id(), other);
          untaken(session);
        }
      }
    } catch (IOException e) {
      LOG.warnf("the agent of %s takes no lease: %s", session.id(), e.getMessage());
      untaken(session);
    }
  }

  /** Its lease has run out by the fourth time: it must have locked itself, or cannot any more. */
  private void untaken(OpenSession session) {
    if (untaken.merge(session.id(), 1, Integer::sum) >= MOST_UNTAKEN) {
      over(session);
      return;
    }
    try {
      adoption.lookAfter(session);
    } catch (ProblemException e) {
      LOG.debugf("looked at later: %s", e.problem().slug());
    }
  }

  /** The box must not outlive its lease. Its exit does the rest. */
  private void over(OpenSession session) {
    if (open.find(session.id()).isEmpty()) {
      return;
    }
    try {
      sandboxes.end(session.sandbox());
    } catch (ProblemException e) {
      LOG.warnf("the box of %s is not ended yet: %s", session.id(), e.problem().slug());
    }
  }
}
