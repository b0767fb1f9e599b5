// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.events;

import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A session has reached a state. {@link #sequence} counts up within a session, from 1. */
public sealed interface SessionEvent extends Event {
  SessionId session();

  WorkspaceId workspace();

  UserId user();

  int sequence();

  @Override
  default Topic topic() {
    return Topic.SESSION;
  }

  @Override
  default String key() {
    return workspace().toString();
  }

  record Opening(
      UUID id, Instant at, SessionId session, WorkspaceId workspace, UserId user, int sequence)
      implements SessionEvent {}

  /** The key is in its sandbox and the workspace mounted. */
  record Opened(
      UUID id, Instant at, SessionId session, WorkspaceId workspace, UserId user, int sequence)
      implements SessionEvent {}

  /** Nobody has done anything for a while: it locks soon. */
  record Warned(
      UUID id,
      Instant at,
      SessionId session,
      WorkspaceId workspace,
      UserId user,
      int sequence,
      Instant locksAt)
      implements SessionEvent {}

  /** Somebody is there again, or a program worked on files, after it was warned. */
  record Resumed(
      UUID id, Instant at, SessionId session, WorkspaceId workspace, UserId user, int sequence)
      implements SessionEvent {}

  record Locking(
      UUID id, Instant at, SessionId session, WorkspaceId workspace, UserId user, int sequence)
      implements SessionEvent {}

  /**
   * Processes, key and plaintext view are gone.
   *
   * @param reason a stable word
   * @param by the person who locked it, where it was a person
   */
  record Locked(
      UUID id,
      Instant at,
      SessionId session,
      WorkspaceId workspace,
      UserId user,
      int sequence,
      String reason,
      Optional<UserId> by)
      implements SessionEvent {
    /** By nobody in particular. */
    public Locked(
        UUID id,
        Instant at,
        SessionId session,
        WorkspaceId workspace,
        UserId user,
        int sequence,
        String reason) {
      this(id, at, session, workspace, user, sequence, reason, Optional.empty());
    }
  }
}
