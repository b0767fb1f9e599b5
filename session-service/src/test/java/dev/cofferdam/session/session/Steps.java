// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.session;

import static dev.cofferdam.session.session.State.ACTIVE;
import static dev.cofferdam.session.session.State.LOCKED;
import static dev.cofferdam.session.session.State.LOCKING;
import static dev.cofferdam.session.session.State.OPENING;
import static dev.cofferdam.session.session.State.WARNED;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Which steps there are, written a second time. */
public final class Steps {
  private static final Map<State, Set<State>> DRAWN =
      Map.of(
          OPENING, EnumSet.of(ACTIVE, LOCKING, LOCKED),
          ACTIVE, EnumSet.of(WARNED, LOCKING, LOCKED),
          WARNED, EnumSet.of(ACTIVE, LOCKING, LOCKED),
          LOCKING, EnumSet.of(LOCKED),
          LOCKED, EnumSet.noneOf(State.class));

  private Steps() {}

  /** Where a session may go from there, never to where it is. */
  public static Set<State> from(State state) {
    return DRAWN.get(state);
  }
}
