// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import dev.cofferdam.edge.Dependencies;
import dev.cofferdam.gateway.sandbox.AgentDoor;
import dev.cofferdam.gateway.sandbox.Sandboxes;
import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.sandbox.protocol.Box;
import dev.cofferdam.terminal.protocol.ControlAnswer;
import dev.cofferdam.terminal.protocol.ControlFrame;
import dev.cofferdam.terminal.protocol.ControlFrame.Size;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Opens a workspace as a whole: a box, a session, the agent's work. It ends with an open session
 * that everybody knows of, or with no box. Whether the browser still listens makes no difference.
 */
@ApplicationScoped
class Unlock {
  /** From the start until a key is granted: whoever asks is answered within five seconds. */
  private static final Duration GRANTED = Duration.ofMillis(4500);

  /** However long the box took. */
  private static final Duration LEAST = Duration.ofSeconds(1);

  /** sandbox-host's word, and session-service's. */
  private static final Set<String> OPENING = Set.of("box-running", "session-opening");

  private static final Logger LOG = Logger.getLogger(Unlock.class);

  /** A cold agent listens after a tenth of a second; mounting takes at most 10 s (agent). */
  private static final Duration OPEN = Duration.ofSeconds(15);

  /** As long as an opening that joins no other. */
  private static final Duration JOINED = GRANTED.plus(OPEN);

  private static final int TRIES_TO_REPORT = 3;

  private final Sandboxes sandboxes;
  private final SessionPart sessions;
  private final OpenSessions open;
  private final Reports reports;
  private final UnsureOpenings unsure;
  private final Lock lock;
  private final Joining joining;

  Unlock(
      Sandboxes sandboxes,
      SessionPart sessions,
      OpenSessions open,
      Reports reports,
      UnsureOpenings unsure,
      Lock lock,
      Joining joining) {
    this.joining = joining;
    this.lock = lock;
    this.unsure = unsure;
    this.sandboxes = sandboxes;
    this.sessions = sessions;
    this.open = open;
    this.reports = reports;
  }

  /** Tells every line, the last one included; throws nothing. */
  void run(
      Opener opener,
      WorkspaceId workspace,
      Optional<Size> first,
      long startNanos,
      Consumer<UnlockLine> lines) {
    Consumer<String> step =
        name ->
            lines.accept(new UnlockLine.Step(name, (System.nanoTime() - startNanos) / 1_000_000));
    step.accept("authorised");
    try {
      lines.accept(openOrJoin(opener, workspace, first, startNanos, step));
    } catch (ProblemException e) {
      refuse(workspace, e.problem(), Dependencies.cause(e), lines);
    } catch (OpenFailed e) {
      refuse(workspace, e.problem(), e.getMessage(), lines);
    } catch (RuntimeException e) {
      Problem problem =
          Problem.of("internal", 500, "Something went wrong", "Nothing was left open. Try again.");
      LOG.errorf(e, "unlock of %s: internal %s", workspace, problem.id());
      lines.accept(UnlockLine.Refused.of(problem));
    }
  }

  /** One more try, once, if what it joined has failed. */
  private UnlockLine openOrJoin(
      Opener opener,
      WorkspaceId workspace,
      Optional<Size> first,
      long startNanos,
      Consumer<String> step) {
    try {
      return openHere(opener, workspace, first, startNanos, step);
    } catch (ProblemException e) {
      Optional<UnlockLine> joined = join(e, opener, workspace, startNanos, step);
      if (joined.isPresent()) {
        return joined.get();
      }
    }
    long againNanos = System.nanoTime();
    try {
      return openHere(opener, workspace, first, againNanos, step);
    } catch (ProblemException e) {
      return join(e, opener, workspace, againNanos, step)
          .orElseThrow(() -> new ProblemException(Joining.isOpening(), e));
    }
  }

  private UnlockLine openHere(
      Opener opener,
      WorkspaceId workspace,
      Optional<Size> first,
      long startNanos,
      Consumer<String> step) {
    Box box = sandboxes.start(workspace);
    open.claim(box.sandbox());
    return inBox(opener, workspace, first, box, left(startNanos), step);
  }

  /** Somebody else of the account opens it, here or elsewhere: with that one's box or session. */
  private Optional<UnlockLine> join(
      ProblemException refused,
      Opener opener,
      WorkspaceId workspace,
      long startNanos,
      Consumer<String> step) {
    if (!OPENING.contains(refused.problem().slug())) {
      throw refused;
    }
    step.accept("joined");
    Duration longest = JOINED.minusNanos(System.nanoTime() - startNanos);
    return joining
        .await(opener, workspace, longest)
        .map(session -> new UnlockLine.Opened(session, null));
  }

  private static void refuse(
      WorkspaceId workspace, Problem problem, @Nullable String why, Consumer<UnlockLine> lines) {
    LOG.warnf("unlock of %s: %s %s, %s", workspace, problem.slug(), problem.id(), why);
    lines.accept(UnlockLine.Refused.of(problem));
  }

  private static Duration left(long startNanos) {
    Duration left = GRANTED.minusNanos(System.nanoTime() - startNanos);
    return left.compareTo(LEAST) < 0 ? LEAST : left;
  }

  private UnlockLine inBox(
      Opener opener,
      WorkspaceId workspace,
      Optional<Size> first,
      Box box,
      Duration longest,
      Consumer<String> step) {
    step.accept("sandbox");
    SessionPart.Opening opening;
    try {
      opening = sessions.open(opener, workspace, box.sandbox(), longest);
    } catch (RuntimeException e) {
      end(box.sandbox());
      if (!isRefusal(e)) {
        unsure.add(box.sandbox());
      }
      throw e;
    }
    try {
      int terminal = order(box, opening, first, step);
      SessionAnswer session = reportOpened(opening.session());
      // While it was opened it may have been locked, or its box may have died.
      if (!session.isOpen() || !open.add(OpenSession.of(session, box))) {
        throw new ProblemException(sandboxGone());
      }
      return new UnlockLine.Opened(session, terminal == 0 ? null : terminal);
    } catch (RuntimeException e) {
      end(box.sandbox());
      if (lock.hasEnded(box.sandbox())) {
        // By whom and why is told by whoever did it, and counts: it did not fail by itself.
        throw new ProblemException(lockedMeanwhile(), e);
      }
      reports.send(opening.session(), "failed", reason(e));
      throw e;
    }
  }

  /** Session-service has answered, and recorded nothing. */
  private static boolean isRefusal(RuntimeException e) {
    return e instanceof ProblemException refused && refused.problem().status() < 500;
  }

  /** The number of the terminal that was begun, or 0. */
  private int order(
      Box box, SessionPart.Opening opening, Optional<Size> first, Consumer<String> step) {
    ControlAnswer answer;
    try {
      answer =
          AgentDoor.order(
              box.socket(),
              new ControlFrame.Open(opening.openTicket(), opening.wrappingToken(), first),
              OPEN,
              () -> open.knows(box.sandbox()),
              done -> step.accept(done.name()));
    } catch (IOException e) {
      throw new ProblemException(sandboxGone(), e);
    }
    return switch (answer) {
      case ControlAnswer.Done done -> done.id();
      case ControlAnswer.Failed failed -> throw new OpenFailed(failed);
      case ControlAnswer.Step s -> throw new IllegalStateException("a step is no last answer");
      case ControlAnswer.Refused r -> throw new IllegalStateException("not what was asked");
      case ControlAnswer.Renewed r -> throw new IllegalStateException("not what was asked");
      case ControlAnswer.Terminals t -> throw new IllegalStateException("not what was asked");
    };
  }

  static Problem lockedMeanwhile() {
    return Problem.of(
        "locked-meanwhile", 409, "It was locked while it opened", "Nothing was left open.");
  }

  private static Problem sandboxGone() {
    return Problem.of(
        "sandbox-gone", 502, "The sandbox ended", "Nothing was left open. Try again.");
  }

  /** A session that session-service does not know as open could not be used: rather close it. */
  private SessionAnswer reportOpened(SessionId session) {
    for (int left = TRIES_TO_REPORT - 1; ; left--) {
      try {
        return sessions.opened(session);
      } catch (ProblemException e) {
        if (left == 0 || e.problem().status() < 500) {
          throw e;
        }
      }
    }
  }

  private void end(SandboxId sandbox) {
    try {
      sandboxes.end(sandbox);
    } catch (ProblemException e) {
      LOG.warnf("the box %s is ended later: %s", sandbox, e.problem().slug());
    } finally {
      open.release(sandbox);
    }
  }

  private static String reason(RuntimeException e) {
    return e instanceof OpenFailed failed ? failed.slug() : "open-failed";
  }
}
