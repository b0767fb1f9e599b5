// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.events;

import dev.cofferdam.events.SessionEvent;
import dev.cofferdam.events.WorkspaceEvent;
import dev.cofferdam.identity.UserId;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a page is told; {@code type} is also the name of the server-sent event. */
@Schema(
    oneOf = {
      PageEvent.SessionChanged.class,
      PageEvent.WorkspaceChanged.class,
      PageEvent.OpenSessionsChanged.class,
      PageEvent.AlertsChanged.class,
      PageEvent.MaintenanceChanged.class,
      PageEvent.NoticesChanged.class
    })
public sealed interface PageEvent {
  String type();

  /** A session has reached a state; what the event does not say is null. */
  record SessionChanged(String type, Session session) implements PageEvent {}

  /**
   * As in the list of sessions.
   *
   * @param lockedBy the id of the person who locked it, where it was a person
   * @param lockedByName what they are called, if they were here lately
   */
  record Session(
      String id,
      String workspaceId,
      String userId,
      String state,
      @Nullable String reason,
      @Nullable String openedAt,
      @Nullable String lockedAt,
      @Nullable String locksAt,
      @Nullable String lockedBy,
      @Nullable String lockedByName) {}

  /** A workspace came ({@code created}) or went ({@code deleted}). */
  record WorkspaceChanged(String type, String workspaceId, String change) implements PageEvent {}

  /**
   * What {@code /api/open-sessions} lists is another; for those who may look there. It says no
   * more: whose session it was is for the list to tell.
   */
  record OpenSessionsChanged(String type) implements PageEvent {}

  /** What {@code /api/alerts} lists is another; for those who may look there. */
  record AlertsChanged(String type) implements PageEvent {}

  /** What {@code /api/maintenance} says is another; for everybody who is signed in. */
  record MaintenanceChanged(String type) implements PageEvent {}

  /** What {@code /api/notices} lists may be another; for the person whom it concerns. */
  record NoticesChanged(String type) implements PageEvent {}

  static PageEvent noticesChanged() {
    return new NoticesChanged("notices");
  }

  static PageEvent maintenanceChanged() {
    return new MaintenanceChanged("maintenance");
  }

  static PageEvent alertsChanged() {
    return new AlertsChanged("alerts");
  }

  static PageEvent openSessionsChanged() {
    return new OpenSessionsChanged("open-sessions");
  }

  /**
   * @param names of people
   */
  static PageEvent of(
      SessionEvent e, @Nullable String openedAt, Function<UserId, Optional<String>> names) {
    String reason = e instanceof SessionEvent.Locked locked ? locked.reason() : null;
    String lockedAt = e instanceof SessionEvent.Locked ? e.at().toString() : null;
    Optional<UserId> by = e instanceof SessionEvent.Locked locked ? locked.by() : Optional.empty();
    String locksAt = e instanceof SessionEvent.Warned warned ? warned.locksAt().toString() : null;
    return new SessionChanged(
        "session",
        new Session(
            e.session().toString(),
            e.workspace().toString(),
            e.user().toString(),
            state(e),
            reason,
            openedAt,
            lockedAt,
            locksAt,
            by.map(UserId::toString).orElse(null),
            by.flatMap(names).orElse(null)));
  }

  private static String state(SessionEvent event) {
    return switch (event) {
      case SessionEvent.Opening e -> "OPENING";
      case SessionEvent.Opened e -> "ACTIVE";
      case SessionEvent.Warned e -> "WARNED";
      case SessionEvent.Resumed e -> "ACTIVE";
      case SessionEvent.Locking e -> "LOCKING";
      case SessionEvent.Locked e -> "LOCKED";
    };
  }

  static PageEvent of(WorkspaceEvent event) {
    String change =
        switch (event) {
          case WorkspaceEvent.Created e -> "created";
          case WorkspaceEvent.Deleted e -> "deleted";
          case WorkspaceEvent.KeyGranted e -> throw new IllegalArgumentException("no page's news");
        };
    return new WorkspaceChanged("workspace", event.workspace().toString(), change);
  }
}
