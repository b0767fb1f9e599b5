// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.events.Event;
import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.events.SessionEvent;
import dev.cofferdam.events.WorkspaceEvent;
import dev.cofferdam.gateway.stage.PersonaBrowsers;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.testkit.Eventually;
import dev.cofferdam.testkit.permission.PermissionTable;
import dev.cofferdam.testkit.permission.PermissionTable.Row;
import dev.cofferdam.testkit.permission.Persona;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each event that pages are told of, and who hears it, as docs/api/permissions.md says. */
class EventPersonaTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final Vertx vertx = Vertx.vertx();
  private final UserId owner = UserId.random();

  @AfterEach
  void close() {
    vertx.close();
  }

  private static List<Row> rows() {
    return PermissionTable.ofService("terminal-gateway").stream()
        .filter(row -> row.method().equals("EVENT"))
        .toList();
  }

  @Test
  void eachEventIsHeardByWhomTheTableLetsHearIt() {
    assertThat(rows()).isNotEmpty();
    for (Row row : rows()) {
      assertThat(heardBy(row))
          .as(row.route())
          .isEqualTo(
              row.answers().entrySet().stream()
                  .filter(cell -> cell.getValue().equals("yes"))
                  .map(Map.Entry::getKey)
                  .collect(Collectors.toSet()));
    }
  }

  @Test
  void thereIsARowForEachEventAndNoOther() {
    assertThat(rows().stream().map(Row::path))
        .containsExactlyInAnyOrderElementsOf(
            List.of(PageEvent.class.getPermittedSubclasses()).stream()
                .map(Class::getSimpleName)
                .toList());
  }

  /** All listen at once, so that what one of them hears is no accident of order. */
  private Set<Persona> heardBy(Row row) {
    Listeners listeners = new Listeners(vertx);
    EventFeed feed =
        new EventFeed(listeners, Optional.empty(), e -> {}, user -> Optional.empty(), e -> {});
    Map<Persona, List<String>> heard = new EnumMap<>(Persona.class);
    for (Persona persona : Persona.values()) {
      List<String> told = new CopyOnWriteArrayList<>();
      heard.put(persona, told);
      listeners
          .listen(PersonaBrowsers.of(persona, owner, row.action()))
          .subscribe()
          .with(event -> event.ifPresent(e -> told.add(e.getClass().getSimpleName())));
    }
    feed.take(cause(row.path()));
    Eventually.within(SOON)
        .until(row.route(), () -> heard.values().stream().anyMatch(t -> t.contains(row.path())));
    return heard.entrySet().stream()
        .filter(one -> one.getValue().contains(row.path()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** What has to happen for it. */
  private Event cause(String event) {
    UUID id = UUID.randomUUID();
    Instant now = Instant.now();
    return switch (event) {
      case "SessionChanged", "OpenSessionsChanged" ->
          new SessionEvent.Opened(id, now, SessionId.random(), WorkspaceId.random(), owner, 1);
      case "WorkspaceChanged" -> new WorkspaceEvent.Deleted(id, now, WorkspaceId.random(), owner);
      case "AlertsChanged" ->
          new SecurityEvent.AlertRaised(id, now, UUID.randomUUID(), "many-refusals", "");
      case "MaintenanceChanged" ->
          new SecurityEvent.MaintenanceChanged(id, now, Optional.empty(), "", Optional.empty());
      case "NoticesChanged" -> signedIn(owner);
      default -> throw new IllegalArgumentException("nothing is known to cause " + event);
    };
  }

  private static SecurityEvent signedIn(UserId user) {
    return new SecurityEvent.SignedIn(
        UUID.randomUUID(), Instant.now(), user, UUID.randomUUID(), "ssh-key", "SHA256:x", "");
  }

  private static SecurityEvent credential(UserId user, String kind, String what) {
    return new SecurityEvent.CredentialChanged(
        UUID.randomUUID(), Instant.now(), user, user, kind, "an id", what);
  }

  /** And of nothing else: what a page hears it asks for. */
  @Test
  void aPageHearsOfEachNewDeviceAndKeyOfItsPerson() {
    Listeners listeners = new Listeners(vertx);
    EventFeed feed =
        new EventFeed(listeners, Optional.empty(), e -> {}, user -> Optional.empty(), e -> {});
    List<PageEvent> told = new CopyOnWriteArrayList<>();
    listeners
        .listen(PersonaBrowsers.of(Persona.ITS_OWNER, owner, ""))
        .subscribe()
        .with(event -> event.ifPresent(told::add));
    feed.take(signedIn(UserId.random()));
    feed.take(credential(UserId.random(), "passkey", "added"));
    feed.take(credential(owner, "ssh-key", "revoked"));
    assertThat(told).isEmpty();
    feed.take(signedIn(owner));
    feed.take(credential(owner, "ssh-key", "added"));
    feed.take(credential(owner, "passkey", "added"));
    assertThat(told).hasSize(3).containsOnly(PageEvent.noticesChanged());
  }
}
