// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.session;

import dev.cofferdam.events.SessionEvent;
import java.time.Instant;
import java.util.UUID;

/** What is told of a session as it reaches a state. */
final class StateEvents {
  private StateEvents() {}

  /**
   * A fresh one of the state that the session has now.
   *
   * @param wasWarned whether it was warned before
   */
  static SessionEvent of(Session s, boolean wasWarned, Instant now) {
    UUID event = UUID.randomUUID();
    return switch (s.state) {
      case OPENING ->
          new SessionEvent.Opening(event, now, s.sessionId(), s.workspace(), s.user(), s.sequence);
      case ACTIVE ->
          wasWarned
              ? new SessionEvent.Resumed(
                  event, now, s.sessionId(), s.workspace(), s.user(), s.sequence)
              : new SessionEvent.Opened(
                  event, now, s.sessionId(), s.workspace(), s.user(), s.sequence);
      case WARNED ->
          new SessionEvent.Warned(
              event,
              now,
              s.sessionId(),
              s.workspace(),
              s.user(),
              s.sequence,
              s.locksAt == null ? now : s.locksAt);
      case LOCKING ->
          new SessionEvent.Locking(event, now, s.sessionId(), s.workspace(), s.user(), s.sequence);
      case LOCKED ->
          new SessionEvent.Locked(
              event,
              now,
              s.sessionId(),
              s.workspace(),
              s.user(),
              s.sequence,
              s.reason == null ? "unknown" : s.reason,
              s.lockedBy().user());
    };
  }
}
