// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import dev.cofferdam.identity.UserId;
import java.util.Optional;

/**
 * Why a session is locked.
 *
 * @param reason a stable word
 * @param by the person who locks it, where it is a person
 */
record Ending(String reason, Optional<UserId> by) {
  /** Said of a session for good, and to its owner: whether it was they who locked it. */
  static Ending by(UserId user, OpenSession session) {
    return new Ending(session.user().equals(user) ? "user" : "admin", Optional.of(user));
  }

  static Ending of(String reason) {
    return new Ending(reason, Optional.empty());
  }
}
