// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.agent.work.ProcessIo.Amount;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FileWorkTest {
  private static final long KIB = 1024;

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // nanoTime may overflow
  private long bytes = 7_000_000;
  private long calls = 9_000;
  private boolean readable = true;
  private final FileWork work =
      new FileWork(
          () -> readable ? Optional.of(new Amount(bytes, calls)) : Optional.empty(), now::get);

  private void pass(long seconds) {
    now.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  /** Content of files, in as many calls. */
  private void read(long content, long inCalls) {
    bytes += content + FileWork.QUESTION_BYTES * inCalls;
    calls += inCalls;
  }

  @Test
  void isNothingThatWasBefore() {
    assertThat(work.look()).isFalse();
  }

  @Test
  void isSixtyFourKibibytes() {
    read(64 * KIB - 1, 10);
    assertThat(work.look()).isFalse();
    read(1, 1);
    assertThat(work.look()).isTrue();
  }

  @Test
  void isToldOfOnce() {
    read(64 * KIB, 1);
    assertThat(work.look()).isTrue();
    pass(1);
    assertThat(work.look()).isFalse();
  }

  @Test
  void addsUpWithinAMinuteOnly() {
    read(63 * KIB, 10);
    assertThat(work.look()).isFalse();
    pass(59);
    read(KIB / 2, 1);
    assertThat(work.look()).isFalse();
    pass(1);
    read(KIB / 2, 1);
    assertThat(work.look()).as("the first is 60 s old").isFalse();
  }

  @Test
  void isNotAskingAndAskingAgain() {
    for (int second = 0; second < 600; second++) {
      // What `tail -f`, a file watcher and `ls -l` ask: 50 to 90 bytes each.
      bytes += 2_000 * 90;
      calls += 2_000;
      pass(1);
      assertThat(work.look()).isFalse();
    }
  }

  @Test
  void isNotALineOfALogEachSecond() {
    for (int second = 0; second < 600; second++) {
      read(130, 9);
      pass(1);
      assertThat(work.look()).isFalse();
    }
  }

  @Test
  void isSeenBetweenQuestions() {
    read(64 * KIB, 1_000);
    assertThat(work.look()).isTrue();
  }

  @Test
  void isNothingWhileItCantBeSeen() {
    readable = false;
    read(64 * KIB, 1);
    assertThat(work.look()).isFalse();
    readable = true;
    assertThat(work.look()).as("nobody knows when it was").isFalse();
    read(64 * KIB, 1);
    assertThat(work.look()).isTrue();
  }

  @Test
  void keepsAsManyLooksAsThereAreInAMinute() {
    for (int look = 0; look < 10_000; look++) {
      read(KIB / 4, 1);
      boolean worked = work.look();
      // 120 looks remember 30 KiB at most, however quickly they follow each other.
      assertThat(worked).isFalse();
    }
  }
}
