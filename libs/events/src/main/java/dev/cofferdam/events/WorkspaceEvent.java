// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.events;

import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import java.time.Instant;
import java.util.UUID;

/** A workspace came or went, or its key was granted. */
public sealed interface WorkspaceEvent extends Event {
  /** The workspace. */
  WorkspaceId workspace();

  /** Whose workspace it is. */
  UserId user();

  @Override
  default Topic topic() {
    return Topic.WORKSPACE;
  }

  @Override
  default String key() {
    return workspace().toString();
  }

  /**
   * It is there, with keys of its own.
   *
   * @param name what its owner calls it
   */
  record Created(UUID id, Instant at, WorkspaceId workspace, UserId user, String name)
      implements WorkspaceEvent {}

  /**
   * A token with which its key can be taken, once and for half a minute, is handed to
   * session-service.
   *
   * @param session which is to be opened with it
   */
  record KeyGranted(UUID id, Instant at, WorkspaceId workspace, UserId user, SessionId session)
      implements WorkspaceEvent {}

  /** Its keys are gone: what is left of its ciphertext can't be read by anybody. */
  record Deleted(UUID id, Instant at, WorkspaceId workspace, UserId user)
      implements WorkspaceEvent {}
}
