// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import dev.cofferdam.gateway.sandbox.BoxExited;
import dev.cofferdam.gateway.sandbox.RuntimeBack;
import dev.cofferdam.gateway.sandbox.Sandboxes;
import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.sandbox.protocol.Box;
import dev.cofferdam.terminal.protocol.CloseCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Brings what this gateway knows in line with the boxes that run: after a restart of ours or of the
 * runtime, when a box goes, and now and then, since another gateway may have opened or left some
 * (ADR 0032). Boxes of open sessions are looked after, by every gateway; all others end, but for
 * those that a gateway has started that is still there.
 */
@ApplicationScoped
class Adoption {
  private static final Logger LOG = Logger.getLogger(Adoption.class);
  private static final long FIRST_PAUSE_MILLIS = 250;
  private static final long LONGEST_PAUSE_MILLIS = 5000;

  private final Sandboxes sandboxes;
  private final SessionPart sessions;
  private final OpenSessions open;
  private final Reports reports;
  private final IdleWatch idle;
  private final Event<SessionEnded> ended;

  /** Only the newest round goes on: an older one has an old list. */
  private final AtomicInteger round = new AtomicInteger();

  Adoption(
      Sandboxes sandboxes,
      SessionPart sessions,
      OpenSessions open,
      Reports reports,
      IdleWatch idle,
      Event<SessionEnded> ended) {
    this.sandboxes = sandboxes;
    this.sessions = sessions;
    this.open = open;
    this.reports = reports;
    this.idle = idle;
    this.ended = ended;
  }

  void gone(@Observes BoxExited exit) {
    open.remove(exit.sandbox(), exit.reason()).ifPresent(session -> end(session, exit.reason()));
  }

  private void end(OpenSession session, String reason) {
    LOG.infof("session %s ended: %s", session.id(), reason);
    ended.fire(new SessionEnded(session.id(), CloseCode.SANDBOX_GONE));
    reports.send(session.id(), "ended", reason);
  }

  /** Until it is done, however long session-service is away. On a thread of its own. */
  void lineUp(@Observes RuntimeBack back) {
    int mine = round.incrementAndGet();
    long pause = FIRST_PAUSE_MILLIS;
    while (mine == round.get() && !tryLineUp()) {
      try {
        TimeUnit.MILLISECONDS.sleep(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
    }
  }

  private boolean tryLineUp() {
    try {
      List<OpenSession> before = open.all();
      Instant listedAt = Instant.now();
      Sandboxes.Running now = sandboxes.running();
      Set<SandboxId> running = now.boxes().stream().map(Box::sandbox).collect(Collectors.toSet());
      before.stream()
          .filter(session -> !running.contains(session.sandbox()))
          .forEach(session -> gone(new BoxExited(session.sandbox(), "killed")));
      sessions
          .lost(running, listedAt)
          .forEach(session -> LOG.infof("session %s had lost its box", session.id()));
      adoptUnknown(now);
      return true;
    } catch (ProblemException e) {
      LOG.debugf("boxes are looked at later: %s", e.problem().slug());
      return false;
    }
  }

  /**
   * Looks for boxes that are not known here.
   *
   * @throws ProblemException if that can't be done now
   */
  void lookAround() {
    adoptUnknown(sandboxes.running());
  }

  private void adoptUnknown(Sandboxes.Running now) {
    List<Box> unknown = now.boxes().stream().filter(box -> !open.knows(box.sandbox())).toList();
    if (unknown.isEmpty()) {
      return;
    }
    Map<String, SessionAnswer> bySandbox =
        sessions.adopt(unknown.stream().map(Box::sandbox).toList()).stream()
            .collect(Collectors.toMap(SessionAnswer::sandboxId, Function.identity()));
    List<Box> toEnd = new ArrayList<>();
    for (Box box : unknown) {
      SessionAnswer session = bySandbox.get(box.sandbox().toString());
      if (session != null && session.isOpen()) {
        adopt(OpenSession.of(session, box));
        if (session.isWarned()) {
          idle.wasWarned(SessionId.parse(session.id()));
        }
      } else if (!now.attended().contains(box.sandbox()) && !open.knows(box.sandbox())) {
        toEnd.add(box);
      }
    }
    // Behind the others: one that ends slowly must not keep them waiting.
    toEnd.forEach(box -> discard(box, bySandbox.get(box.sandbox().toString())));
  }

  private void adopt(OpenSession session) {
    if (open.add(session)) {
      LOG.infof("session %s is looked after again", session.id());
    } else {
      end(session, open.whyGone(session.sandbox()).orElse("killed"));
    }
  }

  /** The agent does not answer: perhaps its box is gone and nobody has heard of it. */
  void lookAfter(OpenSession session) {
    boolean runs =
        sandboxes.running().boxes().stream()
            .anyMatch(box -> box.sandbox().equals(session.sandbox()));
    if (!runs) {
      gone(new BoxExited(session.sandbox(), "killed"));
    }
  }

  /** Nobody's box, or one whose opening or locking was cut short: it can only end. */
  private void discard(Box box, @org.jspecify.annotations.Nullable SessionAnswer session) {
    LOG.infof("the box %s belongs to no open session and ends", box.sandbox());
    try {
      sandboxes.end(box.sandbox());
    } catch (ProblemException e) {
      // It is found again the next time, and must not keep others from ending.
      LOG.warnf("the box %s is not ended yet: %s", box.sandbox(), e.problem().slug());
      return;
    }
    if (session != null) {
      boolean locking = session.state().equals("LOCKING");
      reports.send(
          SessionId.parse(session.id()),
          locking ? "locked" : "failed",
          locking ? "user" : "gateway-restarted");
    }
  }
}
