// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.agent.lease.Deadlines.Passed;
import dev.cofferdam.tickets.LeaseTerms;
import dev.cofferdam.tickets.Timeouts;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
  private static final LeaseTerms TERMS =
      new LeaseTerms(Duration.ofSeconds(30), Duration.ofSeconds(100), true);

  private static final LeaseTerms TEN_MINUTES =
      new LeaseTerms(Duration.ofSeconds(30), Duration.ofMinutes(10), true);

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // nanoTime may overflow
  private LeaseTerms terms = TEN_MINUTES;
  private final Deadlines deadlines = new Deadlines(now::get);

  private void pass(long seconds) {
    now.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  @Test
  void lastsAsLongAsTheLease() {
    deadlines.start(TERMS, Duration.ZERO);
    pass(29);
    assertThat(deadlines.passed()).isEmpty();
    pass(1);
    assertThat(deadlines.passed()).contains(Passed.LEASE);
  }

  @Test
  void lastsFromWhenTheLeaseWasGivenHoweverLateItCame() {
    deadlines.start(TERMS, Duration.ofSeconds(20));
    pass(9);
    assertThat(deadlines.passed()).isEmpty();
    deadlines.renew(TERMS, Duration.ofSeconds(29));
    assertThat(deadlines.passed()).isEmpty();
    pass(1);
    assertThat(deadlines.passed()).contains(Passed.LEASE);
    assertThat(deadlines.secondsLeft()).as("from when it came").isEqualTo(90);
  }

  @Test
  void lastsLongerWhenRenewedButNotBeyondIdleness() {
    deadlines.start(TERMS, Duration.ZERO);
    for (int i = 0; i < 9; i++) {
      pass(11);
      deadlines.renew(TERMS, Duration.ZERO);
    }
    assertThat(deadlines.passed()).isEmpty();
    assertThat(deadlines.secondsLeft()).isEqualTo(1);
    pass(1);
    assertThat(deadlines.passed()).contains(Passed.IDLE);
    assertThat(deadlines.secondsLeft()).isZero();
  }

  @Test
  void startsTheIdleTimeAnewWithActivity() {
    deadlines.start(TERMS, Duration.ZERO);
    pass(25);
    deadlines.active(Activity.COMMAND);
    deadlines.renew(TERMS, Duration.ZERO);
    assertThat(deadlines.secondsLeft()).isEqualTo(100);
    pass(29);
    assertThat(deadlines.passed()).isEmpty();
  }

  @Test
  void saysForHowLongNothingWasDone() {
    deadlines.start(TERMS, Duration.ZERO);
    assertThat(deadlines.idleSeconds()).isZero();
    pass(25);
    deadlines.renew(TERMS, Duration.ZERO);
    assertThat(deadlines.idleSeconds()).isEqualTo(25);
    deadlines.active(Activity.COMMAND);
    assertThat(deadlines.idleSeconds()).isZero();
  }

  @Test
  void locksAtTenMinutesAndNotASecondEarlier() {
    startWithTenMinutes();
    assertThat(deadlines.passed()).as("after 599 s").isEmpty();
    step(1);
    assertThat(deadlines.passed()).as("after 600 s").contains(Passed.IDLE);
  }

  @Test
  void hasTenMinutesAgainAfterActivityInTheLastSecond() {
    startWithTenMinutes();
    deadlines.active(Activity.COMMAND);
    step(599);
    assertThat(deadlines.passed()).isEmpty();
    step(1);
    assertThat(deadlines.passed()).contains(Passed.IDLE);
  }

  @Test
  void warnsAMinuteBefore() {
    deadlines.start(TEN_MINUTES, Duration.ZERO);
    deadlines.viewCame();
    step(539);
    assertThat(deadlines.isSoon()).as("61 s left").isFalse();
    step(1);
    assertThat(deadlines.isSoon()).as("60 s left").isTrue();
    assertThat(deadlines.warnSeconds()).isEqualTo(60);
    deadlines.active(Activity.COMMAND);
    assertThat(deadlines.isSoon()).isFalse();
  }

  @Test
  void locksWhenNobodyHasLookedForTwoMinutes() {
    deadlines.start(TEN_MINUTES, Duration.ZERO);
    step(119);
    assertThat(deadlines.passed()).isEmpty();
    step(1);
    assertThat(deadlines.passed()).contains(Passed.AWAY);
  }

  @Test
  void staysOpenAsLongAsOneViewIsThere() {
    deadlines.start(TEN_MINUTES, Duration.ZERO);
    deadlines.viewCame();
    deadlines.viewCame();
    step(200);
    deadlines.viewWent();
    step(200);
    assertThat(deadlines.passed()).as("one is there").isEmpty();
    deadlines.viewWent();
    step(119);
    assertThat(deadlines.passed()).as("back in time").isEmpty();
    deadlines.viewCame();
    step(10);
    deadlines.viewWent();
    step(71);
    assertThat(deadlines.passed()).as("idle comes first").contains(Passed.IDLE);
  }

  @Test
  void locksAtTheCommandTimeoutWhateverProgramsDo() {
    startWith(command(Duration.ofMinutes(10)));
    stepWorking(599);
    assertThat(deadlines.passed()).as("after 599 s").isEmpty();
    assertThat(deadlines.secondsLeft()).isEqualTo(1);
    stepWorking(1);
    assertThat(deadlines.passed()).as("after 600 s").contains(Passed.COMMAND);
    assertThat(deadlines.secondsLeft()).isZero();
  }

  @Test
  void locksAtTheMountTimeoutWhateverIsTyped() {
    startWith(mount(Duration.ofMinutes(10)));
    stepTyping(599);
    assertThat(deadlines.passed()).as("after 599 s").isEmpty();
    stepTyping(1);
    assertThat(deadlines.passed()).as("after 600 s").contains(Passed.MOUNT);
  }

  @Test
  void eachTimeoutIsPutOffByItsOwnInTheLastSecond() {
    startWith(command(Duration.ofMinutes(10)));
    stepWorking(599);
    deadlines.active(Activity.COMMAND);
    stepWorking(599);
    assertThat(deadlines.passed()).isEmpty();
    stepWorking(1);
    assertThat(deadlines.passed()).contains(Passed.COMMAND);
    startWith(mount(Duration.ofMinutes(10)));
    stepTyping(599);
    deadlines.active(Activity.FILES);
    stepTyping(599);
    assertThat(deadlines.passed()).isEmpty();
    stepTyping(1);
    assertThat(deadlines.passed()).contains(Passed.MOUNT);
  }

  @Test
  void everythingIsPutOffByWhoeverStays() {
    Optional<Duration> tenMinutes = Optional.of(Duration.ofMinutes(10));
    startWith(new Timeouts(tenMinutes, tenMinutes));
    step(599);
    deadlines.active(Activity.STAY);
    step(599);
    assertThat(deadlines.passed()).isEmpty();
    step(1);
    assertThat(deadlines.passed()).as("with nothing at all it is idle").contains(Passed.IDLE);
  }

  @Test
  void warnsOfATimeoutToo() {
    startWith(command(Duration.ofMinutes(5)));
    stepWorking(239);
    assertThat(deadlines.isSoon()).as("61 s left").isFalse();
    stepWorking(1);
    assertThat(deadlines.isSoon()).as("60 s left").isTrue();
    deadlines.active(Activity.FILES);
    assertThat(deadlines.isSoon()).as("work does not put it off").isTrue();
    deadlines.active(Activity.COMMAND);
    assertThat(deadlines.isSoon()).isFalse();
  }

  @Test
  void hasNoTimeoutUnlessSomebodyWantsOne() {
    startWith(Timeouts.NONE);
    stepTyping(4000);
    assertThat(deadlines.passed()).isEmpty();
    stepWorking(4000);
    assertThat(deadlines.passed()).isEmpty();
    assertThat(deadlines.secondsLeft()).isEqualTo(600);
  }

  private static Timeouts command(Duration timeout) {
    return new Timeouts(Optional.of(timeout), Optional.empty());
  }

  private static Timeouts mount(Duration timeout) {
    return new Timeouts(Optional.empty(), Optional.of(timeout));
  }

  private void startWith(Timeouts timeouts) {
    terms = TEN_MINUTES.withTimeouts(timeouts);
    deadlines.start(terms, Duration.ZERO);
    deadlines.viewCame();
  }

  private void stepWorking(long seconds) {
    stepWith(seconds, Activity.FILES);
  }

  private void stepTyping(long seconds) {
    stepWith(seconds, Activity.COMMAND);
  }

  private void stepWith(long seconds, Activity what) {
    for (long second = 0; second < seconds; second++) {
      step(1);
      deadlines.active(what);
    }
  }

  private void startWithTenMinutes() {
    deadlines.start(TEN_MINUTES, Duration.ZERO);
    deadlines.viewCame();
    step(599);
  }

  /** Renews all the while. */
  private void step(long seconds) {
    for (long second = 0; second < seconds; second++) {
      pass(1);
      deadlines.renew(terms, Duration.ZERO);
    }
  }

  @Test
  void isLookedAtTheMoreOftenTheNearerAnEndIs() {
    deadlines.start(TEN_MINUTES, Duration.ZERO);
    deadlines.viewCame();
    assertThat(deadlines.untilNextLook()).isEqualTo(Duration.ofSeconds(5));
    pass(26);
    assertThat(deadlines.untilNextLook()).as("of a lease").isEqualTo(Duration.ofSeconds(1));
    pass(4);
    assertThat(deadlines.untilNextLook()).isEqualTo(Duration.ofMillis(250));
  }

  @Test
  void isLookedAtInTimeForWhatMayBeginMeanwhile() {
    deadlines.start(
        new LeaseTerms(Duration.ofSeconds(30), Duration.ofSeconds(8), true), Duration.ZERO);
    assertThat(deadlines.untilNextLook()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void hasNothingLeftBeforeItWasStarted() {
    assertThat(deadlines.passed()).contains(Passed.LEASE);
  }
}
