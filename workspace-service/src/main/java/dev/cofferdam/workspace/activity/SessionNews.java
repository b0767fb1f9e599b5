// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.workspace.activity;

import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Decisions;
import dev.cofferdam.decisions.Resource;
import dev.cofferdam.decisions.Subject;
import dev.cofferdam.events.Event;
import dev.cofferdam.events.SessionEvent;
import dev.cofferdam.events.Topic;
import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.outbox.EventLoop;
import dev.cofferdam.partidentity.kafka.KafkaClient;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Keeps "open now, last opened, by whom" from session events, each counted once. Those of a
 * workspace come in the order in which they happened, since it is their key and one session of it
 * is open at a time. What their times say doesn't count: clocks are set back, and what is open must
 * not be taken for closed, and shredded.
 */
@ApplicationScoped
public class SessionNews {
  private static final String FIRST_TIME =
      "insert into seen_event (event_id, seen_at) values (:id, now()) on conflict do nothing";
  private static final String OWNER = "select owner_id from workspace where id = :workspace";
  private static final String OPENED =
      "update workspace set open_now = true, open_session = :session, initialised = true,"
          + " last_opened_at = :at, last_opened_by = :user"
          + " where id = :workspace";

  /** Not by the end of a session that is not the one it is open in. */
  private static final String LOCKED =
      "update workspace set open_now = false, open_session = null where id = :workspace"
          + " and (open_session is null or open_session = :session)";

  /** Also of a session that never opened: the key that was handed out for it is gone. */
  private static final String ENDED =
      "update workspace set granted_at = null where id = :workspace"
          + " and granted_session = :session";

  private static final String FORGET =
      "delete from seen_event where seen_at < now() - interval '8 days'";

  private final EntityManager database;
  private final EventLoop loop;

  SessionNews(
      EntityManager database, @ConfigProperty(name = "coffer.kafka.bootstrap") String kafka) {
    this.database = database;
    loop =
        new EventLoop(
            KafkaClient.own(kafka), "workspace-service", false, List.of(Topic.SESSION), this::take);
  }

  void start(@Observes StartupEvent event) {
    loop.start();
  }

  void stop(@Observes ShutdownEvent event) {
    loop.close();
  }

  /** Change and "seen" are one transaction: a repeat finds itself seen. */
  void take(Event event) {
    QuarkusTransaction.requiringNew().run(() -> apply(event));
  }

  private void apply(Event event) {
    if (database.createNativeQuery(FIRST_TIME).setParameter("id", event.id()).executeUpdate()
        == 0) {
      return;
    }
    if (!(event instanceof SessionEvent news) || !isAllowed(news)) {
      return;
    }
    if (event instanceof SessionEvent.Opened opened) {
      database
          .createNativeQuery(OPENED)
          .setParameter("at", opened.at())
          .setParameter("session", uuid(opened.session()))
          .setParameter("user", uuid(opened.user()))
          .setParameter("workspace", uuid(opened.workspace()))
          .executeUpdate();
    }
    if (event instanceof SessionEvent.Locked locked) {
      database
          .createNativeQuery(LOCKED)
          .setParameter("session", uuid(locked.session()))
          .setParameter("workspace", uuid(locked.workspace()))
          .executeUpdate();
      database
          .createNativeQuery(ENDED)
          .setParameter("session", uuid(locked.session()))
          .setParameter("workspace", uuid(locked.workspace()))
          .executeUpdate();
      database.createNativeQuery(FORGET).executeUpdate();
    }
  }

  /** Whose session it was has to be one who may open this workspace, whatever the event says. */
  private boolean isAllowed(SessionEvent event) {
    List<?> owners =
        database
            .createNativeQuery(OWNER, UUID.class)
            .setParameter("workspace", uuid(event.workspace()))
            .getResultList();
    Subject acting = new Subject.Person(event.user(), Role.MEMBER);
    return owners.stream()
        .map(owner -> Resource.workspace(UserId.parse(owner.toString()), event.workspace()))
        .anyMatch(of -> Decisions.decide(acting, Action.SESSION_OPEN, of).isAllowed());
  }

  private static UUID uuid(Object id) {
    return UUID.fromString(id.toString());
  }
}
