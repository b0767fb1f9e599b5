// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.events.Actor;
import dev.cofferdam.identity.UserId;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PhaseTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final End IDLE = new End("idle", Actor.NOBODY);
  private static final End ASKED =
      new End("user", new Actor(Optional.of(new UserId(UUID.randomUUID())), "key", "192.0.2.1"));

  private static final List<UnaryOperator<Phase>> STEPS =
      List.of(
          Phase::opened,
          phase -> phase.warned(NOW),
          Phase::resumed,
          phase -> phase.locking(ASKED),
          phase -> phase.locked(ASKED, NOW));

  static List<Phase> all() {
    return List.of(
        new Phase.Opening(),
        new Phase.Active(),
        new Phase.Warned(NOW.plusSeconds(60)),
        new Phase.Locking(IDLE),
        new Phase.Locked(IDLE, NOW));
  }

  @ParameterizedTest
  @MethodSource("all")
  void onlyTheDrawnStepsLeadElsewhere(Phase from) {
    Set<State> reached = EnumSet.noneOf(State.class);
    for (UnaryOperator<Phase> step : STEPS) {
      Phase to = step.apply(from);
      if (!to.equals(from)) {
        reached.add(to.state());
      }
    }
    assertThat(reached).isEqualTo(Steps.from(from.state()));
  }

  @Test
  void theFirstReasonStaysWhoeverReportsTheEnd() {
    assertThat(new Phase.Active().locking(IDLE).locking(ASKED).locked(ASKED, NOW))
        .isEqualTo(new Phase.Locked(IDLE, NOW));
    assertThat(new Phase.Locked(IDLE, NOW).locked(ASKED, NOW.plusSeconds(1)))
        .isEqualTo(new Phase.Locked(IDLE, NOW));
  }

  @Test
  void aWarningStaysAsItWas() {
    assertThat(new Phase.Active().warned(NOW).warned(NOW.plusSeconds(9)))
        .isEqualTo(new Phase.Warned(NOW));
  }

  @ParameterizedTest
  @MethodSource("all")
  void aRowKeepsAllOfIt(Phase phase) {
    Session row = new Session();
    row.renewedAt = NOW;
    row.enter(phase);
    assertThat(row.phase()).isEqualTo(phase);
  }

  @Test
  void aRowKeepsWhoAskedForTheEnd() {
    Session row = new Session();
    row.renewedAt = NOW;
    row.enter(new Phase.Locked(ASKED, NOW));
    assertThat(row.phase()).isEqualTo(new Phase.Locked(ASKED, NOW));
  }
}
