// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.agent.lease.Deadlines.Passed;
import dev.cofferdam.tickets.LeaseTerms;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
  private static final LeaseTerms TERMS =
      new LeaseTerms(Duration.ofSeconds(30), Duration.ofSeconds(100), true);

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // nanoTime may overflow
  private final Deadlines deadlines = new Deadlines(now::get);

  private void pass(long seconds) {
    now.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  @Test
  void lastsAsLongAsTheLease() {
    deadlines.start(TERMS);
    pass(29);
    assertThat(deadlines.passed()).isEmpty();
    pass(1);
    assertThat(deadlines.passed()).contains(Passed.LEASE);
  }

  @Test
  void lastsLongerWhenRenewedButNotBeyondIdleness() {
    deadlines.start(TERMS);
    for (int i = 0; i < 9; i++) {
      pass(11);
      deadlines.renew(TERMS);
    }
    assertThat(deadlines.passed()).isEmpty();
    assertThat(deadlines.idleSecondsLeft()).isEqualTo(1);
    pass(1);
    assertThat(deadlines.passed()).contains(Passed.IDLE);
    assertThat(deadlines.idleSecondsLeft()).isZero();
  }

  @Test
  void startsTheIdleTimeAnewWithActivity() {
    deadlines.start(TERMS);
    pass(25);
    deadlines.active();
    deadlines.renew(TERMS);
    assertThat(deadlines.idleSecondsLeft()).isEqualTo(100);
    pass(29);
    assertThat(deadlines.passed()).isEmpty();
  }

  @Test
  void hasNothingLeftBeforeItWasStarted() {
    assertThat(deadlines.passed()).contains(Passed.LEASE);
  }
}
