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
  /** The session. */
  SessionId session();

  /** The workspace that it opens. */
  WorkspaceId workspace();

  /** Whose session it is. */
  UserId user();

  /** Which event of its session this is, from 1. */
  int sequence();

  @Override
  default Topic topic() {
    return Topic.SESSION;
  }

  @Override
  default String key() {
    return workspace().toString();
  }

  /** It is asked for and allowed; its sandbox is being made. */
  record Opening(
      UUID id, Instant at, SessionId session, WorkspaceId workspace, UserId user, int sequence)
      implements SessionEvent {}

  /** The key is in its sandbox and the workspace mounted. */
  record Opened(
      UUID id, Instant at, SessionId session, WorkspaceId workspace, UserId user, int sequence)
      implements SessionEvent {}

  /**
   * Nobody has done anything for a while: it locks soon.
   *
   * @param locksAt when, if nobody comes back
   */
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

  /** It is to end: nothing new may begin, and what runs is ended. */
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
