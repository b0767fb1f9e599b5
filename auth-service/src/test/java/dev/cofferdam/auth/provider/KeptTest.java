// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** How often a provider is asked, and how long its answer is good. */
class KeptTest {
  private static final Duration LONGEST = Duration.ofHours(2);

  private Instant now = Instant.parse("2026-11-24T12:00:00Z");
  private int asked;
  private Supplier<Integer> provider = () -> asked;
  private final Kept<Integer> kept =
      new Kept<>(
          () -> {
            asked++;
            return provider.get();
          },
          LONGEST,
          () -> now);

  private void goesAway() {
    provider =
        () -> {
          throw ProviderFailure.away("test");
        };
  }

  private void later(Duration time) {
    now = now.plus(time);
  }

  private int value() {
    return kept.get().value();
  }

  @Test
  void isAskedOnceAnHour() {
    assertThat(value()).isEqualTo(1);
    later(Kept.FRESH.minusSeconds(1));
    assertThat(value()).isEqualTo(1);
    later(Duration.ofSeconds(1));
    assertThat(value()).isEqualTo(2);
  }

  @Test
  void theOldStaysGoodWhileItIsAwayButNotForEver() {
    assertThat(value()).isEqualTo(1);
    goesAway();
    later(LONGEST);
    assertThat(value()).isEqualTo(1);
    later(Kept.RETRY);
    assertThatThrownBy(this::value).isInstanceOf(ProviderFailure.class);
  }

  @Test
  void afterAFailureNobodyAsksForAMoment() {
    goesAway();
    assertThatThrownBy(this::value).isInstanceOf(ProviderFailure.class);
    later(Kept.RETRY.minusMillis(1));
    provider = () -> asked;
    assertThatThrownBy(this::value).isInstanceOf(ProviderFailure.class);
    assertThat(asked).isEqualTo(1);
    later(Duration.ofMillis(1));
    assertThat(value()).isEqualTo(2);
  }

  @Test
  void whatIsMissedIsAskedForOnceAMinute() {
    Kept.Read<Integer> seen = kept.get();
    Kept.Read<Integer> newer = kept.after(seen);
    assertThat(newer.value()).isEqualTo(2);
    assertThat(kept.after(seen)).as("somebody else has it already").isSameAs(newer);
    later(Kept.PAUSE.minusMillis(1));
    assertThatThrownBy(() -> kept.after(newer))
        .isInstanceOfSatisfying(
            ProviderFailure.class, e -> assertThat(e.kind()).isEqualTo(ProviderFailure.Kind.AWAY));
    later(Duration.ofMillis(1));
    assertThat(kept.after(newer).value()).isEqualTo(3);
  }

  @Test
  void aClockThatIsSetBackKeepsNobodyFromAsking() {
    Kept.Read<Integer> newer = kept.after(kept.get());
    later(Duration.ofDays(-1));
    assertThat(kept.after(newer).value()).isEqualTo(3);
    later(Duration.ofDays(-1));
    assertThat(value()).isEqualTo(4);
  }

  @Test
  void oneThatIsNotMeantIsForgotten() {
    assertThat(value()).isEqualTo(1);
    later(Kept.FRESH);
    provider =
        () -> {
          throw new Misconfigured("corp.issuer", "write its issuer");
        };
    assertThatThrownBy(this::value).isInstanceOf(Misconfigured.class);
    assertThatThrownBy(this::value).isInstanceOf(ProviderFailure.class);
  }

  @Test
  void nobodyWaitsForAnAnswerThatTheyCanDoWithout() throws Exception {
    assertThat(value()).isEqualTo(1);
    later(Kept.FRESH);
    CountDownLatch isAsked = new CountDownLatch(1);
    CountDownLatch answers = new CountDownLatch(1);
    provider =
        () -> {
          isAsked.countDown();
          await(answers);
          return asked;
        };
    CompletableFuture<Integer> first = CompletableFuture.supplyAsync(this::value);
    await(isAsked);
    assertThat(value()).isEqualTo(1);
    answers.countDown();
    assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(2);
    assertThat(asked).isEqualTo(2);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
