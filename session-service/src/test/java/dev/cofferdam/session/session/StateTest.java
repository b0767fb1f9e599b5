// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.session;

import static dev.cofferdam.session.session.State.ACTIVE;
import static dev.cofferdam.session.session.State.LOCKED;
import static dev.cofferdam.session.session.State.LOCKING;
import static dev.cofferdam.session.session.State.OPENING;
import static dev.cofferdam.session.session.State.WARNED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StateTest {
  private static final Map<State, Set<State>> STEPS =
      Map.of(
          OPENING, EnumSet.of(ACTIVE, LOCKING, LOCKED),
          ACTIVE, EnumSet.of(WARNED, LOCKING, LOCKED),
          WARNED, EnumSet.of(ACTIVE, LOCKING, LOCKED),
          LOCKING, EnumSet.of(LOCKED),
          LOCKED, EnumSet.noneOf(State.class));

  @Test
  void onlyTheDrawnStepsAreAllowed() {
    for (State from : State.values()) {
      for (State to : State.values()) {
        assertThat(from.mayBecome(to))
            .as(from + " to " + to)
            .isEqualTo(STEPS.get(from).contains(to));
      }
    }
  }
}
