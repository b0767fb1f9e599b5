// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.session;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session as others see it.
 *
 * @param locksAt of one that is WARNED: when, unless somebody does something
 * @param endsAt when it locks whatever is done in it; null for an older session
 * @param signInId the sign-in that it was opened by, and ends with
 * @param method how that was signed in, for instance {@code ssh-key}; null for an older session
 * @param credential with what, for instance a fingerprint; may be empty
 * @param address from where it was opened; may be empty
 */
public record SessionAnswer(
    UUID id,
    UUID workspaceId,
    UUID userId,
    UUID sandboxId,
    @Nullable UUID signInId,
    @Nullable String method,
    @Nullable String credential,
    @Nullable String address,
    State state,
    @Nullable String reason,
    Instant openedAt,
    @Nullable Instant lockedAt,
    @Nullable Instant locksAt,
    @Nullable Instant endsAt) {
  static SessionAnswer of(Session s) {
    return new SessionAnswer(
        s.id,
        s.workspaceId,
        s.userId,
        s.sandboxId,
        s.signInId,
        s.method,
        s.credential,
        s.address,
        s.state,
        s.reason,
        s.openedAt,
        s.lockedAt,
        s.locksAt,
        s.endsAt);
  }
}
