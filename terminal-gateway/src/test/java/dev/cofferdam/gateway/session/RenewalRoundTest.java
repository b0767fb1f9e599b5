// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RenewalRoundTest {
  private static final Duration EVERY = Duration.ofSeconds(10);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 99, 100, 101, 512, 3200, 5000})
  void eachSessionHasItsTurnOnce(int sessions) {
    RenewalRound round = new RenewalRound(sessions, EVERY);
    List<Integer> turns = new ArrayList<>();
    for (int group = 0; group < round.groups(); group++) {
      assertThat(round.to(group) - round.from(group)).isBetween(1, 64);
      IntStream.range(round.from(group), round.to(group)).forEach(turns::add);
    }
    assertThat(turns).isEqualTo(IntStream.range(0, sessions).boxed().toList());
  }

  /** Far from the next round: a lease is for three of them. */
  @ParameterizedTest
  @ValueSource(ints = {1, 32, 512, 5000})
  void theLastTurnIsWithinAFifthOfTheTime(int sessions) {
    RenewalRound round = new RenewalRound(sessions, EVERY);
    assertThat(round.dueAfter(0)).isZero();
    assertThat(round.dueAfter(round.groups() - 1)).isLessThanOrEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void manySandboxesAreNotAskedAtOnce() {
    RenewalRound round = new RenewalRound(32, EVERY);
    assertThat(round.to(0)).isEqualTo(2);
    assertThat(round.dueAfter(1)).isEqualTo(Duration.ofMillis(125));
  }

  @Test
  void whoIsToEndDoesNotWait() {
    RenewalRound round = new RenewalRound(32, Duration.ofHours(1));
    Thread.currentThread().interrupt();
    assertThat(round.awaits(1)).isFalse();
    assertThat(Thread.interrupted()).isTrue();
  }
}
