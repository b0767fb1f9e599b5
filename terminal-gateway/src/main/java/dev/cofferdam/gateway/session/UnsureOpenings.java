// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.problems.ProblemException;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Openings that session-service was asked for and did not answer: it may have recorded a session
 * all the same, or still do so. Its ticket is lost, so it can only end; until then its workspace
 * would be "open already" for as long as a lease lasts.
 */
@ApplicationScoped
class UnsureOpenings {
  private static final Logger LOG = Logger.getLogger(UnsureOpenings.class);

  /** By then session-service has swept what nobody renews (45 s). */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** What session-service takes in one call; the oldest is left to its lease then. */
  private static final int MOST = 64;

  private final SessionPart sessions;
  private final Reports reports;
  private final Map<SandboxId, Instant> waiting =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<SandboxId, Instant> eldest) {
          return size() > MOST;
        }
      };

  UnsureOpenings(SessionPart sessions, Reports reports) {
    this.sessions = sessions;
    this.reports = reports;
  }

  /** The box is gone already, or going. */
  void add(SandboxId sandbox) {
    synchronized (waiting) {
      waiting.put(sandbox, Instant.now());
    }
  }

  @Scheduled(every = "2s", concurrentExecution = ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  void look() {
    List<SandboxId> unsure = unsure();
    if (unsure.isEmpty()) {
      return;
    }
    try {
      sessions.adopt(unsure).forEach(this::end);
    } catch (ProblemException e) {
      LOG.debugf("unsure openings are looked at later: %s", e.problem().slug());
    }
  }

  private List<SandboxId> unsure() {
    Instant tooOld = Instant.now().minus(LONGEST);
    synchronized (waiting) {
      waiting.values().removeIf(since -> since.isBefore(tooOld));
      return List.copyOf(waiting.keySet());
    }
  }

  private void end(SessionAnswer session) {
    LOG.infof("session %s was recorded but its opening not answered: it ends", session.id());
    reports.send(SessionId.parse(session.id()), "failed", "open-failed");
    synchronized (waiting) {
      waiting.remove(SandboxId.parse(session.sandboxId()));
    }
  }
}
