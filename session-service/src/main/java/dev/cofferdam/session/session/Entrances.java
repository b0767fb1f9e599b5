// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.session;

import dev.cofferdam.events.Actor;
import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.outbox.Outbox;
import dev.cofferdam.outbox.RequestActor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;

/**
 * Tells once of each sign-in and address that uses the terminals of a session, but for those that
 * opened it: of them its opening tells. The newest {@value #MOST} of a session are remembered in
 * the database; what was forgotten is told of again.
 */
@ApplicationScoped
class Entrances {
  static final int MOST = 64;

  private static final String ENTER =
      "insert into session_entrance (session_id, sign_in_id, address, entered_at)"
          + " values (:session, :signIn, :address, :now) on conflict do nothing";
  private static final String FORGET =
      "delete from session_entrance where session_id = :session and (sign_in_id, address) in"
          + " (select sign_in_id, address from session_entrance where session_id = :session"
          + " order by entered_at desc, sign_in_id, address offset "
          + MOST
          + ")";

  private final EntityManager database;
  private final Outbox outbox;
  private final RequestActor actors;
  private final InstantSource clock;

  Entrances(EntityManager database, Outbox outbox, RequestActor actors, InstantSource clock) {
    this.database = database;
    this.outbox = outbox;
    this.actors = actors;
    this.clock = clock;
  }

  /** Of two requests at the same time one tells, and the other waits until it has. */
  @Transactional
  public void tell(Session session, UserId user, UUID signIn) {
    Actor actor = actors.now();
    if (isOpener(session, signIn, actor.address()) || !isNew(session, signIn, actor.address())) {
      return;
    }
    database.createNativeQuery(FORGET).setParameter("session", session.id).executeUpdate();
    outbox.add(
        new SecurityEvent.SessionEntered(
            UUID.randomUUID(),
            clock.instant(),
            session.sessionId(),
            session.workspace(),
            user,
            signIn,
            actor.credential()));
  }

  private static boolean isOpener(Session session, UUID signIn, String address) {
    return signIn.equals(session.signInId)
        && address.equals(Objects.requireNonNullElse(session.address, ""));
  }

  private boolean isNew(Session session, UUID signIn, String address) {
    return database
            .createNativeQuery(ENTER)
            .setParameter("session", session.id)
            .setParameter("signIn", signIn)
            .setParameter("address", address)
            .setParameter("now", clock.instant())
            .executeUpdate()
        == 1;
  }
}
