// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.sandbox.protocol.Box;

/**
 * A session whose box runs.
 *
 * @param socket of the box's agent
 * @param openedAt as session-service says it, ISO 8601
 */
public record OpenSession(
    SessionId id,
    WorkspaceId workspace,
    UserId user,
    SandboxId sandbox,
    String socket,
    String openedAt) {

  /** Of an answer of session-service alone: nothing but ending it is possible with this. */
  static OpenSession withoutBox(SessionAnswer answer) {
    return new OpenSession(
        SessionId.parse(answer.id()),
        WorkspaceId.parse(answer.workspaceId()),
        UserId.parse(answer.userId()),
        SandboxId.parse(answer.sandboxId()),
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
        box.socket(),
        answer.openedAt() == null ? box.startedAt().toString() : answer.openedAt());
  }
}
