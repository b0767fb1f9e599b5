// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import dev.cofferdam.events.SessionEvent;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Locks the sandboxes here of sessions that session-service has ended: it tells so by an event, and
 * again when their leases should be renewed.
 */
@ApplicationScoped
public class EndedSessions {
  private static final Logger LOG = Logger.getLogger(EndedSessions.class);

  private final OpenSessions open;
  private final Lock lock;

  EndedSessions(OpenSessions open, Lock lock) {
    this.open = open;
    this.lock = lock;
  }

  /** Never waits. What is locked here by a person is not among the open ones any more. */
  public void take(SessionEvent event) {
    if (event instanceof SessionEvent.Locking) {
      end(event.session());
    }
  }

  /** All of them at once, a thread each. */
  void end(SessionId session) {
    open.find(session)
        .ifPresent(here -> Thread.ofVirtual().name("lock-" + session).start(() -> lockOne(here)));
  }

  private void lockOne(OpenSession session) {
    try {
      LOG.infof("%s is ended by session-service", session.id());
      lock.runEnded(session);
    } catch (ProblemException e) {
      // Somebody else locks it, or the runtime is away and is asked again.
      LOG.infof("%s is locked elsewhere or later: %s", session.id(), e.problem().slug());
    }
  }
}
