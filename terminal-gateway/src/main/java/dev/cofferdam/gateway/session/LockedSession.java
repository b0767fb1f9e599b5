// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import org.jspecify.annotations.Nullable;

/**
 * A session that was just locked; times in ISO 8601. Whoever locks what somebody else has open is
 * told no more of it than {@link OverseenSession} says: the fields for its owner are null then.
 *
 * @param workspaceId for its owner
 * @param sandboxId for its owner
 * @param signInId for its owner: the sign-in that opened it
 * @param reason a stable word
 */
public record LockedSession(
    String id,
    @Nullable String workspaceId,
    String userId,
    @Nullable String sandboxId,
    @Nullable String signInId,
    String state,
    @Nullable String reason,
    @Nullable String openedAt,
    @Nullable String lockedAt) {
  static LockedSession of(SessionAnswer s) {
    return new LockedSession(
        s.id(),
        s.workspaceId(),
        s.userId(),
        s.sandboxId(),
        s.signInId(),
        s.state(),
        s.reason(),
        s.openedAt(),
        s.lockedAt());
  }

  static LockedSession overseen(SessionAnswer s) {
    return new LockedSession(
        s.id(), null, s.userId(), null, null, s.state(), s.reason(), s.openedAt(), s.lockedAt());
  }
}
