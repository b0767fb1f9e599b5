// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import dev.cofferdam.identity.SessionId;
import dev.cofferdam.problems.ProblemException;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Tells session-service how sessions ended, again and again until it has heard. At most {@value
 * #MOST} wait; the oldest is dropped then, and session-service finds its end by the lease.
 */
@ApplicationScoped
class Reports {
  private static final Logger LOG = Logger.getLogger(Reports.class);
  static final int MOST = 256;

  private final SessionPart sessions;
  private final Map<SessionId, Report> waiting =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<SessionId, Report> eldest) {
          return size() > MOST;
        }
      };

  private record Report(SessionId session, String kind, Ending ending) {}

  Reports(SessionPart sessions) {
    this.sessions = sessions;
  }

  /** Now if possible: then what session-service answers; else later. */
  Optional<SessionAnswer> send(SessionId session, String kind, String reason) {
    return send(new Report(session, kind, Ending.of(reason)));
  }

  /** The same for one that was locked. */
  Optional<SessionAnswer> sendLocked(SessionId session, Ending ending) {
    return send(new Report(session, "locked", ending));
  }

  /** Without trying now, and behind the others: one that fails must not hold them up. */
  void laterLocked(SessionId session, Ending ending) {
    later(new Report(session, "locked", ending));
  }

  private void later(Report report) {
    synchronized (waiting) {
      Report first = waiting.remove(report.session());
      waiting.put(report.session(), first == null ? report : first);
    }
  }

  private Optional<SessionAnswer> send(Report report) {
    try {
      SessionAnswer answer = sessions.report(report.session(), report.kind(), report.ending());
      done(report);
      return Optional.of(answer);
    } catch (ProblemException e) {
      if (e.problem().status() >= 500) {
        later(report);
      } else {
        LOG.warnf("report of %s refused: %s", report.session(), e.problem().slug());
        done(report);
      }
      return Optional.empty();
    }
  }

  private void done(Report report) {
    synchronized (waiting) {
      waiting.remove(report.session());
    }
  }

  @Scheduled(every = "2s", concurrentExecution = ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  void sendWaiting() {
    Optional<Report> next = oldest();
    while (next.isPresent() && send(next.get()).isPresent()) {
      next = oldest();
    }
  }

  private Optional<Report> oldest() {
    synchronized (waiting) {
      return waiting.values().stream().findFirst();
    }
  }
}
