// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RoundsTest {
  @Test
  void goesOnUntilARoundIsNotFull() {
    Queue<Integer> found = new ArrayDeque<>(List.of(3, 3, 2, 3));
    Rounds.untilFew(3, found::remove);
    assertThat(found).containsExactly(3);
  }

  @Test
  void givesUpOnWhatNeverEnds() {
    AtomicInteger rounds = new AtomicInteger();
    assertThatThrownBy(
            () ->
                Rounds.untilFew(
                    3,
                    () -> {
                      rounds.incrementAndGet();
                      return 3;
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(rounds).hasValue(Rounds.MOST);
  }
}
