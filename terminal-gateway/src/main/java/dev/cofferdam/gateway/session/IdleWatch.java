// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import dev.cofferdam.identity.SessionId;
import dev.cofferdam.terminal.protocol.ControlAnswer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Tells session-service that a session locks soon, and that it does not any more. The sandbox says
 * how long it has: to each view, each second towards the end, and to whoever renews its lease.
 */
@ApplicationScoped
public class IdleWatch {
  private static final Logger LOG = Logger.getLogger(IdleWatch.class);

  private final SessionPart sessions;
  private final OpenSessions open;
  private final Activity activity;

  /** As many as there are open sessions. */
  private final Map<SessionId, Mark> marks = new ConcurrentHashMap<>();

  IdleWatch(SessionPart sessions, OpenSessions open, Activity activity) {
    this.activity = activity;
    this.sessions = sessions;
    this.open = open;
  }

  /** What a sandbox has said last, and what session-service was told; guarded by itself. */
  private static final class Mark {
    private boolean soon;
    private int secondsLeft;
    private boolean told;
    private boolean telling;
  }

  /** The same by the answer to a new lease. */
  void renewed(SessionId session, ControlAnswer.Renewed now) {
    activity.renewed(session, now);
    heard(session, now.idleSecondsLeft(), now.warnSeconds());
  }

  /** The sandbox's own word; never waits. Tells session-service if that is new. */
  public void heard(SessionId session, int idleSecondsLeft, int warnSeconds) {
    activity.idleSecondsLeft(session, idleSecondsLeft);
    if (open.find(session).isEmpty()) {
      return;
    }
    Mark mark = marks.computeIfAbsent(session, s -> new Mark());
    synchronized (mark) {
      mark.soon = idleSecondsLeft <= warnSeconds;
      mark.secondsLeft = idleSecondsLeft;
      if (mark.soon == mark.told || mark.telling) {
        return;
      }
      mark.telling = true;
    }
    Thread.ofVirtual().name("idle-" + session).start(() -> tellAll(session, mark));
  }

  /** An adopted session, of which another gateway has told that. */
  void wasWarned(SessionId session) {
    Mark mark = marks.computeIfAbsent(session, s -> new Mark());
    synchronized (mark) {
      mark.told = true;
    }
  }

  void forget(@Observes SessionEnded ended) {
    marks.remove(ended.session());
  }

  /** One after the other, so that the last word stays; one that fails is tried at the next one. */
  private void tellAll(SessionId session, Mark mark) {
    boolean goesOn = true;
    while (goesOn) {
      goesOn = tell(session, mark);
    }
  }

  private boolean tell(SessionId session, Mark mark) {
    boolean soon;
    int left;
    synchronized (mark) {
      soon = mark.soon;
      left = mark.secondsLeft;
      if (soon == mark.told) {
        mark.telling = false;
        return false;
      }
    }
    boolean done = report(session, soon, left);
    synchronized (mark) {
      mark.told = done == soon;
      mark.telling = done;
      return done;
    }
  }

  private boolean report(SessionId session, boolean soon, int left) {
    try {
      if (soon) {
        sessions.warned(session, left);
      } else {
        sessions.resumed(session);
      }
      return true;
    } catch (RuntimeException e) {
      // Whatever it was: a session that nobody tells of any more would never be warned again.
      LOG.debugf("%s is told later: %s", session, e.getMessage());
      return false;
    }
  }
}
