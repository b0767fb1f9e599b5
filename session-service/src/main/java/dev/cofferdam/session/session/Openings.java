// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.session;

import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Whose opening of which workspace is under way before there is a session: of one account's, one at
 * a time is granted a key (ADR 0070). Of different accounts each has its own, so that a stranger
 * keeps nobody from their workspace.
 */
@ApplicationScoped
class Openings {
  /** Workspace-service answers within 3 s; longer lasts only one whose service has died. */
  static final Duration LONGEST = Duration.ofSeconds(10);

  private static final int AGAIN_AFTER_SECONDS = 1;

  /** Also one from after now: the clock was set back, and it would last as long. */
  private static final String FORGET =
      "delete from opening where (workspace_id, user_id) in (select workspace_id, user_id"
          + " from opening where begun_at not between :from and :to for update skip locked)";

  private static final String BEGIN =
      "insert into opening (workspace_id, user_id, session_id, begun_at)"
          + " values (:workspace, :user, :session, :now) on conflict do nothing";

  private final EntityManager database;
  private final InstantSource clock;

  Openings(EntityManager database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Waits for another's transaction with the same in it, at most.
   *
   * @throws ProblemException {@code session-opening} if this account is opening it already
   */
  @Transactional
  void begin(SessionId session, WorkspaceId workspace, UserId user) {
    Instant now = clock.instant();
    database
        .createNativeQuery(FORGET)
        .setParameter("from", now.minus(LONGEST))
        .setParameter("to", now.plus(LONGEST))
        .executeUpdate();
    int begun =
        database
            .createNativeQuery(BEGIN)
            .setParameter("workspace", workspace.value())
            .setParameter("user", user.value())
            .setParameter("session", session.value())
            .setParameter("now", now)
            .executeUpdate();
    if (begun == 0) {
      throw new ProblemException(isOpening());
    }
  }

  /** With a session, in the transaction that records it: nobody finds neither of them. */
  @Transactional
  void end(SessionId session) {
    database
        .createNativeQuery("delete from opening where session_id = :session")
        .setParameter("session", session.value())
        .executeUpdate();
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
