// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MIB = 1024 * 1024;
  private static final long GIB = 1024 * MIB;

  private final Budget budget = new Budget();

  @Test
  void isFullFromTheLastByteOn() {
    budget.allow(10 * GIB);
    count(0, 10 * GIB - 1);
    assertThat(budget.isFull(0)).isFalse();
    count(0, 10 * GIB);
    assertThat(budget.isFull(0)).isTrue();
    count(0, 10 * GIB - 1);
    assertThat(budget.isFull(0)).as("room was made").isFalse();
  }

  @Test
  void isLookedAtTheMoreOftenTheLessIsLeft() {
    assertThat(budget.untilNextLook(0)).as("not counted").isEqualTo(Budget.SHORTEST_PAUSE);
    budget.allow(100 * GIB);
    count(0, 0);
    assertThat(budget.untilNextLook(0)).isEqualTo(Budget.LONGEST_PAUSE);
    assertThat(budget.untilNextLook(96 * GIB)).isEqualTo(Duration.ofSeconds(1));
    assertThat(budget.untilNextLook(200 * GIB)).isEqualTo(Budget.SHORTEST_PAUSE);
    budget.allow(4 * GIB);
    assertThat(budget.untilNextLook(0)).isEqualTo(Duration.ofSeconds(1));
    count(0, 4 * GIB);
    assertThat(budget.untilNextLook(0)).as("full").isEqualTo(Budget.SHORTEST_PAUSE);
  }

  @Test
  void isLookedAtRarelyWhereNothingIsSaidOfItsLimit() {
    count(0, 1L << 50);
    assertThat(budget.untilNextLook(1L << 50)).isEqualTo(Budget.LONGEST_PAUSE);
  }

  @Test
  void takesNothingAtAllWhereNothingIsAllowed() {
    budget.allow(0);
    assertThat(budget.isFull(0)).as("before it was counted").isFalse();
    count(0, 0);
    assertThat(budget.isFull(0)).isTrue();
  }

  @Test
  void refusesNothingUntilItIsToldHowMuch() {
    count(0, 1L << 50);
    assertThat(budget.isFull(1L << 50)).isFalse();
    budget.uncountable(0, SECOND, 0);
    assertThat(budget.isFull(0)).isFalse();
    budget.allow(1L << 49);
    assertThat(budget.isFull(0)).isTrue();
  }

  @Test
  void followsALimitThatChanges() {
    budget.allow(4 * GIB);
    count(0, 2 * GIB);
    budget.allow(2 * GIB);
    assertThat(budget.isFull(0)).isTrue();
    budget.allow(3 * GIB);
    assertThat(budget.isFull(0)).isFalse();
  }

  @Test
  void isFullUncountedOnlyWhereMoreHasPassedThanIsLeftAndTheGrace() {
    budget.allow(GIB);
    count(7, GIB - 10 * MIB);
    long most = 7 + 10 * MIB + Budget.LEAST_GRACE_BYTES;
    assertThat(budget.isFull(most)).isFalse();
    assertThat(budget.isFull(most + 1)).isTrue();
  }

  @Test
  void hasAGraceOfASixteenthWithinBounds() {
    budget.allow(8 * GIB);
    count(0, 8 * GIB - 1);
    assertThat(budget.isFull(1 + GIB / 2)).isFalse();
    assertThat(budget.isFull(2 + GIB / 2)).isTrue();
    budget.allow(1L << 50);
    count(0, (1L << 50) - 1);
    assertThat(budget.isFull(2 + Budget.MOST_GRACE_BYTES)).isTrue();
  }

  @Test
  void countsAtOnceAndThenOnlyAfterSomethingHappened() {
    budget.allow(8 * GIB);
    assertThat(budget.wantsCount(0, 0)).isTrue();
    count(5, 0);
    assertThat(budget.wantsCount(3600 * SECOND, 5)).isFalse();
    assertThat(budget.wantsCount(11 * SECOND, 5)).isFalse();
    assertThat(budget.wantsCount(11 * SECOND, 6)).isTrue();
    assertThat(budget.wantsCount(9 * SECOND, 6)).isFalse();
  }

  @Test
  void countsEarlierTheLessIsLeft() {
    budget.allow(8 * GIB);
    count(0, 0);
    assertThat(budget.wantsCount(2 * SECOND, GIB - 1)).isFalse();
    assertThat(budget.wantsCount(2 * SECOND, GIB)).isTrue();
    count(0, 8 * GIB - 1);
    assertThat(budget.wantsCount(2 * SECOND, MIB - 1)).isFalse();
    assertThat(budget.wantsCount(2 * SECOND, MIB)).isTrue();
  }

  @Test
  void neverCountsForMoreThanATwentiethOfTheTime() {
    budget.allow(GIB);
    budget.counted(0, 3 * SECOND, 0, GIB - 1);
    assertThat(budget.wantsCount(62 * SECOND, MIB)).isFalse();
    assertThat(budget.wantsCount(63 * SECOND, MIB)).isTrue();
    assertThat(budget.wantsCount(5 * SECOND, GIB)).as("refused, and not counted").isFalse();
    assertThat(budget.wantsCount(6 * SECOND, GIB)).as("refused, and not counted").isTrue();
    budget.counted(0, 3 * SECOND, 0, GIB);
    assertThat(budget.wantsCount(62 * SECOND, 1)).isFalse();
    assertThat(budget.wantsCount(63 * SECOND, 1)).isTrue();
  }

  @Test
  void looksSoonWhetherRoomWasMade() {
    budget.allow(GIB);
    count(0, GIB);
    assertThat(budget.wantsCount(SECOND / 4, 1)).isFalse();
    assertThat(budget.wantsCount(SECOND, 1)).isTrue();
    assertThat(budget.wantsCount(SECOND, 0)).isFalse();
  }

  @Test
  void isBeyondWhereItGrewByMoreThanTheGraceSinceItWasFull() {
    budget.allow(GIB);
    count(0, 2 * GIB);
    assertThat(budget.isBeyond(0)).as("as it was found").isFalse();
    count(0, 3 * GIB);
    assertThat(budget.isBeyond(0)).as("what the first count missed").isFalse();
    count(0, 3 * GIB + Budget.LEAST_GRACE_BYTES);
    assertThat(budget.isBeyond(0)).isFalse();
    count(0, 3 * GIB + Budget.LEAST_GRACE_BYTES + 1);
    assertThat(budget.isBeyond(0)).isTrue();
  }

  @Test
  void isNeverBeyondForASmallerLimitAlone() {
    budget.allow(4 * GIB);
    count(0, 3 * GIB);
    budget.allow(0);
    count(0, 3 * GIB);
    assertThat(budget.isFull(0)).isTrue();
    assertThat(budget.isBeyond(0)).isFalse();
  }

  @Test
  void staysFullWhileNobodyCanCount() {
    budget.allow(GIB);
    count(0, 0);
    budget.uncountable(0, 1, 0);
    budget.allow(2 * GIB);
    assertThat(budget.isFull(0)).isTrue();
    count(0, 0);
    assertThat(budget.isFull(0)).isFalse();
  }

  @Test
  void whatNobodyCanCountTakesAllThatItMay() {
    budget.uncountable(0, 1, 0);
    assertThat(budget.isKnown()).isFalse();
    budget.allow(2 * GIB);
    assertThat(budget.isKnown()).isTrue();
    assertThat(budget.used()).isEqualTo(2 * GIB);
    count(0, 3 * GIB);
    budget.uncountable(0, 1, 0);
    assertThat(budget.used()).isEqualTo(3 * GIB);
  }

  @Test
  void isBeyondWhereMuchPassesThatNobodyCanCount() {
    budget.allow(GIB);
    budget.uncountable(0, 1, 100);
    budget.uncountable(0, 1, 100 + Budget.LEAST_GRACE_BYTES);
    assertThat(budget.isBeyond(100 + Budget.LEAST_GRACE_BYTES)).isFalse();
    assertThat(budget.isBeyond(101 + Budget.LEAST_GRACE_BYTES)).isTrue();
  }

  @Test
  void takesAGraceAtMostBeforeTheFirstCount() {
    assertThat(budget.isFull(1L << 50)).as("nobody has said how much").isFalse();
    budget.allow(GIB);
    assertThat(budget.isFull(Budget.LEAST_GRACE_BYTES)).isFalse();
    assertThat(budget.isFull(Budget.LEAST_GRACE_BYTES + 1)).isTrue();
  }

  /** It took no time. */
  private void count(long passed, long bytes) {
    budget.counted(0, 0, passed, bytes);
  }
}
