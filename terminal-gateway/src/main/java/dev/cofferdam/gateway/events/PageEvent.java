// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.events;

import dev.cofferdam.events.SessionEvent;
import dev.cofferdam.events.WorkspaceEvent;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a page is told; {@code type} is also the name of the server-sent event. */
@Schema(oneOf = {PageEvent.SessionChanged.class, PageEvent.WorkspaceChanged.class})
public sealed interface PageEvent {
  String type();

  /** A session has reached a state; what the event does not say is null. */
  record SessionChanged(String type, Session session) implements PageEvent {}

  /** As in the list of sessions. */
  record Session(
      String id,
      String workspaceId,
      String userId,
      String state,
      @Nullable String reason,
      @Nullable String openedAt,
      @Nullable String lockedAt) {}

  /** A workspace came ({@code created}) or went ({@code deleted}). */
  record WorkspaceChanged(String type, String workspaceId, String change) implements PageEvent {}

  static PageEvent of(SessionEvent e, @Nullable String openedAt) {
    String reason = e instanceof SessionEvent.Locked locked ? locked.reason() : null;
    String lockedAt = e instanceof SessionEvent.Locked ? e.at().toString() : null;
    return new SessionChanged(
        "session",
        new Session(
            e.session().toString(),
            e.workspace().toString(),
            e.user().toString(),
            state(e),
            reason,
            openedAt,
            lockedAt));
  }

  private static String state(SessionEvent event) {
    return switch (event) {
      case SessionEvent.Opening e -> "OPENING";
      case SessionEvent.Opened e -> "ACTIVE";
      case SessionEvent.Locking e -> "LOCKING";
      case SessionEvent.Locked e -> "LOCKED";
    };
  }

  static PageEvent of(WorkspaceEvent event) {
    String change =
        switch (event) {
          case WorkspaceEvent.Created e -> "created";
          case WorkspaceEvent.Deleted e -> "deleted";
        };
    return new WorkspaceChanged("workspace", event.workspace().toString(), change);
  }
}
