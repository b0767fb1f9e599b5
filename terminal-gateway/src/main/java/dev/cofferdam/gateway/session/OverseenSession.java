// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import org.jspecify.annotations.Nullable;

/**
 * An open session as an owner or admin of the server sees it: that it is there, whose it is, and
 * with what and from where it was opened; not of which workspace.
 *
 * @param userId who opened it
 * @param method how they were signed in, for instance {@code ssh-key}; null for an older session
 * @param credential with what, for instance a key's fingerprint; may be empty
 * @param address from where it was opened; may be empty
 * @param state {@code OPENING}, {@code ACTIVE} or {@code LOCKING}
 * @param openedAt ISO 8601
 */
public record OverseenSession(
    String id,
    String userId,
    @Nullable String method,
    @Nullable String credential,
    @Nullable String address,
    String state,
    @Nullable String openedAt) {
  static OverseenSession of(SessionAnswer session) {
    return new OverseenSession(
        session.id(),
        session.userId(),
        session.method(),
        session.credential(),
        session.address(),
        session.state(),
        session.openedAt());
  }
}
