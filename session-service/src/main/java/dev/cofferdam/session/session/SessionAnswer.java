// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.session;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session as others see it.
 *
 * @param locksAt of one that is WARNED: when, unless somebody does something
 * @param signInId the sign-in that it was opened by, and ends with
 */
public record SessionAnswer(
    UUID id,
    UUID workspaceId,
    UUID userId,
    UUID sandboxId,
    @Nullable UUID signInId,
    State state,
    @Nullable String reason,
    Instant openedAt,
    @Nullable Instant lockedAt,
    @Nullable Instant locksAt) {
  static SessionAnswer of(Session s) {
    return new SessionAnswer(
        s.id,
        s.workspaceId,
        s.userId,
        s.sandboxId,
        s.signInId,
        s.state,
        s.reason,
        s.openedAt,
        s.lockedAt,
        s.locksAt);
  }
}
