// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventuallyTest {
  @Test
  void looksUntilItIsTrue() {
    AtomicInteger looks = new AtomicInteger();
    Eventually.within(Duration.ofSeconds(5)).until("three", () -> looks.incrementAndGet() == 3);
    assertThat(looks).hasValue(3);
  }

  @Test
  void saysWhatDidNotBecomeTrue() {
    assertThatThrownBy(() -> Eventually.within(Duration.ZERO).until("pigs fly", () -> false))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("pigs fly");
  }
}
