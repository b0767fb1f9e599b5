// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import org.jspecify.annotations.Nullable;

/**
 * An open session as an owner or admin of the server sees it: that it is there, and whose it is.
 *
 * @param userId who opened it
 * @param state {@code OPENING}, {@code ACTIVE} or {@code LOCKING}
 * @param openedAt ISO 8601
 */
public record OverseenSession(String id, String userId, String state, @Nullable String openedAt) {
  static OverseenSession of(SessionAnswer session) {
    return new OverseenSession(session.id(), session.userId(), session.state(), session.openedAt());
  }
}
