// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.sandbox.protocol.Box;
import java.util.Optional;
import java.util.UUID;

/**
 * A session whose box runs.
 *
 * @param signIn the sign-in that opened it; unknown for one from an older version
 * @param socket of the box's agent
 * @param openedAt as session-service says it, ISO 8601
 */
public record OpenSession(
    SessionId id,
    WorkspaceId workspace,
    UserId user,
    SandboxId sandbox,
    Optional<UUID> signIn,
    String socket,
    String openedAt) {

  /** Of an answer of session-service alone: nothing but ending it is possible with this. */
  static OpenSession withoutBox(SessionAnswer answer) {
    return new OpenSession(
        SessionId.parse(answer.id()),
        WorkspaceId.parse(answer.workspaceId()),
        UserId.parse(answer.userId()),
        SandboxId.parse(answer.sandboxId()),
        answer.signIn(),
        "",
        answer.openedAt() == null ? "" : answer.openedAt());
  }

  /** Of an answer of session-service and the box it speaks of. */
  static OpenSession of(SessionAnswer answer, Box box) {
    return new OpenSession(
        SessionId.parse(answer.id()),
        WorkspaceId.parse(answer.workspaceId()),
        UserId.parse(answer.userId()),
        box.sandbox(),
        answer.signIn(),
        box.socket(),
        answer.openedAt() == null ? box.startedAt().toString() : answer.openedAt());
  }
}
