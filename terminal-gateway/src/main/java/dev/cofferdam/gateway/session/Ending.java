// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import java.util.Optional;

/**
 * Why a session is locked.
 *
 * @param reason a stable word
 * @param by the person who locks it, where it is a person
 */
record Ending(String reason, Optional<Locker> by) {
  /** Said of a session for good, and to its owner: whether it was they who locked it. */
  static Ending by(Locker who, OpenSession session) {
    return new Ending(session.user().equals(who.user()) ? "user" : "admin", Optional.of(who));
  }

  static Ending of(String reason) {
    return new Ending(reason, Optional.empty());
  }
}
