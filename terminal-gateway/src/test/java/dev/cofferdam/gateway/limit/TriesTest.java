// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.problems.ProblemException;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class TriesTest {
  private static final String HOME = "192.0.2.7";
  private static final String ELSEWHERE = "203.0.113.9";

  private long now;
  private final TimeMeter clock =
      new TimeMeter() {
        @Override
        public long currentTimeNanos() {
          return now;
        }

        @Override
        public boolean isWallClockBased() {
          return false;
        }
      };
  private final SignInLimits limits =
      new SignInLimits(clock, Tries.IN_A_MINUTE, Tries.FREE_FAILURES);

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private int wait(String address) {
    return limits.begin(address).flatMap(p -> p.retryAfterSeconds()).orElse(0);
  }

  @Test
  void delaysGrowToAMinuteAndNoFurther() {
    for (int i = 0; i < Tries.FREE_FAILURES; i++) {
      assertThat(wait(HOME)).isZero();
      limits.failed(HOME);
    }
    List<Integer> delays = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      assertThat(wait(HOME)).isZero();
      limits.failed(HOME);
      delays.add(wait(HOME));
      pass(Duration.ofSeconds(delays.getLast()));
    }
    assertThat(delays).containsExactly(1, 2, 4, 8, 16, 32, 60, 60, 60);
  }

  /** Each try is a failure; how many of them cost no time. */
  private int freeTries(String address) {
    int free = 0;
    while (wait(address) == 0) {
      limits.failed(address);
      free++;
    }
    return free;
  }

  @Test
  void whoSignsInTakesAFewFailuresBack() {
    for (int i = 0; i < Tries.FREE_FAILURES; i++) {
      limits.failed(HOME);
    }
    limits.succeeded("ada", HOME);
    assertThat(freeTries(HOME)).isEqualTo(SignInLimits.FORGIVEN_IN_AN_HOUR + 1);
  }

  @Test
  void whoHasAnAccountDoesNotGuessAtOthersForNothing() {
    int guesses = 0;
    while (wait(HOME) == 0 && guesses < 1000) {
      limits.failed(HOME);
      limits.succeeded("mallory", HOME);
      guesses++;
    }
    assertThat(guesses).isEqualTo(Tries.FREE_FAILURES + SignInLimits.FORGIVEN_IN_AN_HOUR + 1);
  }

  @Test
  void othersOfTheNetworkTakeBackTheirOwnShare() {
    for (int i = 0; i < Tries.FREE_FAILURES; i++) {
      limits.failed(HOME);
    }
    limits.succeeded("ada", HOME);
    limits.succeeded("bob", HOME);
    limits.succeeded("bob", HOME);
    assertThat(freeTries(HOME)).isEqualTo(2 * SignInLimits.FORGIVEN_IN_AN_HOUR + 1);
  }

  @Test
  void whoSignsInManyTimesAtOnceTakesBackNoMore() throws InterruptedException {
    for (int i = 0; i < Tries.FREE_FAILURES; i++) {
      limits.failed(HOME);
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
      threads.invokeAll(
          Collections.nCopies(
              400,
              () -> {
                limits.succeeded("mallory", HOME);
                return true;
              }));
    }
    assertThat(freeTries(HOME)).isEqualTo(SignInLimits.FORGIVEN_IN_AN_HOUR + 1);
  }

  @Test
  void aSuccessElsewhereTakesNothingBackHere() {
    for (int i = 0; i < Tries.FREE_FAILURES; i++) {
      limits.failed(HOME);
    }
    limits.succeeded("ada", ELSEWHERE);
    assertThat(freeTries(HOME)).isEqualTo(1);
  }

  @Test
  void failuresFadeOneAfterTheOther() {
    for (int i = 0; i < Tries.FREE_FAILURES; i++) {
      limits.failed(HOME);
    }
    pass(Duration.ofMinutes(9));
    assertThat(freeTries(HOME)).isEqualTo(4);
  }

  @Test
  void howeverManyTheyWereTheyAreForgottenSoon() {
    for (int i = 0; i < 10_000; i++) {
      limits.failed(HOME);
    }
    pass(Duration.ofMinutes(3L * Tries.MOST_BEYOND));
    assertThat(freeTries(HOME)).isEqualTo(1);
  }

  @Test
  void anotherNetworkDoesNotWait() {
    for (int i = 0; i <= Tries.FREE_FAILURES; i++) {
      limits.failed(ELSEWHERE);
    }
    assertThat(wait(ELSEWHERE)).isPositive();
    assertThat(wait(HOME)).isZero();
  }

  @Test
  void moreThanAMinuteHoldsWaits() {
    for (int i = 0; i < Tries.IN_A_MINUTE; i++) {
      assertThat(wait(HOME)).isZero();
    }
    assertThat(wait(HOME)).isEqualTo(1);
    pass(Duration.ofSeconds(1));
    assertThat(wait(HOME)).isZero();
  }

  private boolean mayTry(String account, String address) {
    try {
      limits.requireTry(account, address);
      return true;
    } catch (ProblemException e) {
      return false;
    }
  }

  @Test
  void whoAsksForAnAccountOverAndOverTakesNothingFromOtherNetworks() {
    for (int i = 0; i < Tries.IN_A_MINUTE; i++) {
      assertThat(mayTry("ada", ELSEWHERE)).isTrue();
    }
    assertThat(mayTry("ada", ELSEWHERE)).isFalse();
    assertThat(mayTry("ada", HOME)).isTrue();
  }

  @Test
  void aNetworkOfIpv6IsItsFirst64Bits() {
    assertThat(ClientAddress.network("2001:db8:1:2:3:4:5:6"))
        .isEqualTo(ClientAddress.network("2001:db8:1:2::1"))
        .isNotEqualTo(ClientAddress.network("2001:db8:1:3::1"));
    assertThat(ClientAddress.network(HOME)).isEqualTo(HOME);
  }
}
