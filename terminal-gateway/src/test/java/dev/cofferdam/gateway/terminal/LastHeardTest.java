// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LastHeardTest {
  private static final Duration ASK = Duration.ofMillis(2500);

  /** Near its end, where it goes on below zero. */
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);

  private final LastHeard line = new LastHeard(nanos::get);

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void isSilentSinceItWasHeardLast() {
    line.listen();
    pass(Duration.ofSeconds(20));
    assertThat(line.silence()).isEqualTo(Duration.ofSeconds(20));
    line.heard();
    assertThat(line.silence()).isZero();
  }

  @Test
  void isNotSilentWhileNobodyListens() {
    pass(Duration.ofMinutes(1));
    assertThat(line.silence()).as("not begun").isZero();
    line.listen();
    assertThat(line.silence()).as("what was before").isZero();
    pass(Duration.ofSeconds(5));
    line.stopListening();
    pass(Duration.ofMinutes(1));
    assertThat(line.silence()).isZero();
    assertThat(line.isToBeAsked(ASK)).isFalse();
  }

  @Test
  void isAskedOnceItIsSilentAndAgainAfterTheSameTime() {
    line.listen();
    pass(ASK.minusNanos(1));
    assertThat(line.isToBeAsked(ASK)).isFalse();
    pass(Duration.ofNanos(1));
    assertThat(line.isToBeAsked(ASK)).isTrue();
    assertThat(line.isToBeAsked(ASK)).as("a moment ago").isFalse();
    pass(ASK);
    assertThat(line.isToBeAsked(ASK)).isTrue();
  }

  @Test
  void isNotAskedWhileItSpeaksByItself() {
    line.listen();
    for (int i = 0; i < 10; i++) {
      pass(ASK.minusMillis(1));
      assertThat(line.isToBeAsked(ASK)).isFalse();
      line.heard();
    }
  }
}
