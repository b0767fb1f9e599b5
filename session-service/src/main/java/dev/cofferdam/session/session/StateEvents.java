// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.session;

import dev.cofferdam.events.SessionEvent;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import java.time.Instant;
import java.util.UUID;

/** What is told of a session as it reaches a state. */
final class StateEvents {
  private StateEvents() {}

  /**
   * A fresh one of where the session is now.
   *
   * @param before where it was
   */
  static SessionEvent of(Session s, Phase before, Instant now) {
    UUID event = UUID.randomUUID();
    SessionId session = s.sessionId();
    WorkspaceId workspace = s.workspace();
    UserId user = s.user();
    int sequence = s.sequence;
    return switch (s.phase()) {
      case Phase.Opening p ->
          new SessionEvent.Opening(event, now, session, workspace, user, sequence);
      case Phase.Active p when before instanceof Phase.Warned ->
          new SessionEvent.Resumed(event, now, session, workspace, user, sequence);
      case Phase.Active p ->
          new SessionEvent.Opened(event, now, session, workspace, user, sequence);
      case Phase.Warned warned ->
          new SessionEvent.Warned(event, now, session, workspace, user, sequence, warned.locksAt());
      case Phase.Locking p ->
          new SessionEvent.Locking(event, now, session, workspace, user, sequence);
      case Phase.Locked locked -> {
        End end = locked.end();
        yield new SessionEvent.Locked(
            event, now, session, workspace, user, sequence, end.reason(), end.by().user());
      }
    };
  }
}
