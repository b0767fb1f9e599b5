// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.events;

import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Kind;
import dev.cofferdam.decisions.Resource;
import dev.cofferdam.events.Event;
import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.events.SessionEvent;
import dev.cofferdam.events.Topic;
import dev.cofferdam.events.WorkspaceEvent;
import dev.cofferdam.eventtail.KafkaTail;
import dev.cofferdam.gateway.session.EndedSessions;
import dev.cofferdam.gateway.signin.Browsers;
import dev.cofferdam.gateway.signin.Revocations;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.partidentity.kafka.KafkaClient;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Follows Kafka from now on: each gateway hears everything. What happened before is not told again;
 * a page that comes back loads everything anyway.
 */
@ApplicationScoped
class EventFeed {
  private static final int MOST_REMEMBERED = 256;

  private final Optional<KafkaClient> kafka;
  private final Listeners listeners;
  private final Consumer<SecurityEvent> revocations;
  private final Function<UserId, Optional<String>> names;
  private final Consumer<SessionEvent> sessions;
  private volatile @Nullable KafkaTail tail;

  /** When sessions were opened, as their first event says; only the feed's thread is here. */
  private final Map<SessionId, String> openedAt =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<SessionId, String> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  @Inject
  EventFeed(
      @ConfigProperty(name = "coffer.kafka.bootstrap") Optional<String> bootstrap,
      Listeners listeners,
      Revocations revocations,
      Browsers browsers,
      EndedSessions sessions) {
    this(
        listeners,
        bootstrap.map(KafkaClient::own),
        revocations::take,
        browsers::nameOf,
        sessions::take);
  }

  EventFeed(
      Listeners listeners,
      Optional<KafkaClient> kafka,
      Consumer<SecurityEvent> revocations,
      Function<UserId, Optional<String>> names,
      Consumer<SessionEvent> sessions) {
    this.names = names;
    this.sessions = sessions;
    this.listeners = listeners;
    this.kafka = kafka;
    this.revocations = revocations;
  }

  void start(@Observes StartupEvent event) {
    kafka.ifPresent(
        client -> tail = new KafkaTail(client, List.of(Topic.values()), this::take).start());
  }

  void stop(@Observes ShutdownEvent event) {
    KafkaTail running = tail;
    if (running != null) {
      running.close();
    }
  }

  /**
   * Whether pages hear what happens within three seconds; without Kafka there is nothing to hear.
   */
  boolean isCurrent() {
    KafkaTail running = tail;
    return running == null || running.isCurrent();
  }

  /** A page that hears nothing would believe that nothing happens: without events it asks. */
  @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
  void look() {
    if (!isCurrent()) {
      listeners.endAll();
    }
  }

  void take(Event event) {
    switch (event) {
      case SessionEvent e -> {
        if (e instanceof SessionEvent.Opening) {
          openedAt.put(e.session(), e.at().toString());
        }
        sessions.accept(e);
        listeners.tell(
            Action.SESSION_READ,
            Resource.in(Kind.SESSION, e.user(), e.workspace()),
            PageEvent.of(e, openedAt.get(e.session()), names));
        listeners.openSessionsChanged();
      }
      case WorkspaceEvent.KeyGranted e -> {
        // Its session tells of itself.
      }
      case WorkspaceEvent e ->
          listeners.tell(
              Action.WORKSPACE_READ, Resource.workspace(e.user(), e.workspace()), PageEvent.of(e));
      case SecurityEvent e -> {
        revocations.accept(e);
        if (e instanceof SecurityEvent.OfAlert) {
          listeners.alertsChanged();
        }
        if (e instanceof SecurityEvent.MaintenanceChanged) {
          listeners.tellEach(Action.MAINTENANCE_READ, PageEvent.maintenanceChanged());
        }
        if (e instanceof SecurityEvent.OfPerson person && mayBeNoticed(person)) {
          listeners.tell(
              Action.NOTICE_LIST,
              Resource.of(Kind.NOTICE, person.user()),
              PageEvent.noticesChanged());
        }
      }
    }
  }

  /** Whether auth-service may have a notice of it by now: of a new device, or a new key. */
  private static boolean mayBeNoticed(SecurityEvent.OfPerson event) {
    return switch (event) {
      case SecurityEvent.SignedIn e -> true;
      case SecurityEvent.CredentialChanged e -> e.what().equals("added");
      case SecurityEvent.SignInEnded e -> false;
      case SecurityEvent.AccountChanged e -> false;
    };
  }
}
