// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import dev.cofferdam.gateway.sandbox.Sandboxes;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.terminal.protocol.ControlAnswer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits for an opening of the same account that is under way, here or at another gateway, and takes
 * the session that it opens (ADR 0070). Blocks.
 */
@ApplicationScoped
class Joining {
  /** Half of the places for unlocks at most: those that open something have the others. */
  static final int MOST = 8;

  /** Of one workspace. */
  static final int MOST_OF_ONE = 3;

  /** From a box's start to its session: a key has to be granted in between ({@link Unlock}). */
  private static final Duration UNSEEN = Duration.ofSeconds(5);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(150);
  private static final int FORBIDDEN = 403;
  private static final int AGAIN_AFTER_SECONDS = 1;

  /** Why a session ends that somebody ends: nobody's second try opens it again. */
  private static final Set<String> ON_PURPOSE = Set.of("user", "admin");

  private final SessionPart sessions;
  private final Sandboxes sandboxes;
  private final Whereabouts whereabouts;
  private final Map<WorkspaceId, Integer> waiting = new HashMap<>();

  Joining(SessionPart sessions, Sandboxes sandboxes, Whereabouts whereabouts) {
    this.sessions = sessions;
    this.sandboxes = sandboxes;
    this.whereabouts = whereabouts;
  }

  /**
   * The session once it is open. Empty if its opening failed and it may be tried again.
   *
   * @param longest to wait for it
   * @throws ProblemException {@code session-opening} if it still opens then, if too many wait, or
   *     if this key may not look; and why it failed, where that has a name
   */
  Optional<SessionAnswer> await(Opener opener, WorkspaceId workspace, Duration longest) {
    enter(workspace);
    try {
      return look(opener, workspace, longest);
    } catch (ProblemException e) {
      throw e.problem().status() == FORBIDDEN ? new ProblemException(isOpening(), e) : e;
    } finally {
      leave(workspace);
    }
  }

  private Optional<SessionAnswer> look(Opener opener, WorkspaceId workspace, Duration longest) {
    long start = System.nanoTime();
    SessionAnswer last = null;
    while (since(start).compareTo(longest) < 0) {
      SessionAnswer now = find(opener, workspace).orElse(null);
      if (now == null && last != null) {
        return failed(sessions.require(opener.bearer(), SessionId.parse(last.id())));
      }
      if (now == null && !hasBox(workspace)) {
        return Optional.empty();
      }
      if (now == null && since(start).compareTo(UNSEEN) > 0) {
        throw new ProblemException(UnlockResource.alreadyOpen());
      }
      if (now != null && isOpen(now, last)) {
        return Optional.of(now);
      }
      last = now;
      pause();
    }
    throw new ProblemException(isOpening());
  }

  private static Duration since(long startNanos) {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  private Optional<SessionAnswer> find(Opener opener, WorkspaceId workspace) {
    return sessions.list(opener.bearer()).stream()
        .filter(session -> session.workspaceId().equals(workspace.toString()))
        .findFirst();
  }

  private boolean hasBox(WorkspaceId workspace) {
    return sandboxes.running().boxes().stream().anyMatch(box -> box.workspace().equals(workspace));
  }

  /** Also here: whoever is told of it asks for its terminals next. */
  private boolean isOpen(SessionAnswer now, @Nullable SessionAnswer before) {
    if (now.state().equals("LOCKING")) {
      throw new ProblemException(
          before == null ? UnlockResource.alreadyOpen() : Unlock.lockedMeanwhile());
    }
    return now.isOpen() && whereabouts.find(SessionId.parse(now.id())).isPresent();
  }

  /** A try that only others have seen fail says why; without a name for it, it is worth another. */
  private static Optional<SessionAnswer> failed(SessionAnswer over) {
    String reason = over.reason() == null ? "" : over.reason();
    if (ON_PURPOSE.contains(reason)) {
      throw new ProblemException(Unlock.lockedMeanwhile());
    }
    Problem problem = OpenFailures.problem(new ControlAnswer.Failed(reason, ""));
    if (problem.slug().equals("open-failed")) {
      return Optional.empty();
    }
    throw new ProblemException(problem);
  }

  private void enter(WorkspaceId workspace) {
    synchronized (waiting) {
      int all = waiting.values().stream().mapToInt(Integer::intValue).sum();
      int ofOne = waiting.getOrDefault(workspace, 0);
      if (all >= MOST || ofOne >= MOST_OF_ONE) {
        throw new ProblemException(isOpening());
      }
      waiting.put(workspace, ofOne + 1);
    }
  }

  private void leave(WorkspaceId workspace) {
    synchronized (waiting) {
      waiting.computeIfPresent(workspace, (id, many) -> many == 1 ? null : many - 1);
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(isOpening(), e);
    }
  }

  static Problem isOpening() {
    return Problem.of(
            "session-opening",
            409,
            "The workspace is just being opened",
            "You are opening it already, perhaps in another window. Ask again in a second: it is"
                + " open then, or can be unlocked.")
        .againAfter(AGAIN_AFTER_SECONDS);
  }
}
