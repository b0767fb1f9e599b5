// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.limit;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/**
 * Tries of one network or at one account: so many in a minute, and after so many failures a delay
 * that doubles from a second up to {@link #LONGEST}. As many failures as are free fade in an hour,
 * one after the other. Thread-safe.
 */
final class Tries {
  static final int IN_A_MINUTE = 120;
  static final int FREE_FAILURES = 20;
  static final Duration LONGEST = Duration.ofMinutes(1);

  /** Beyond the free ones; more of them would make no delay longer. */
  static final int MOST_BEYOND = 7;

  private final TimeMeter clock;
  private final Bucket bucket;
  private final int freeFailures;
  private final long fadeNanos;
  private int failures;
  private long fadedAtNanos;
  private long notBeforeNanos;

  Tries(TimeMeter clock, int inAMinute, int freeFailures) {
    this.clock = clock;
    this.freeFailures = freeFailures;
    fadeNanos = Duration.ofHours(1).dividedBy(freeFailures).toNanos();
    fadedAtNanos = clock.currentTimeNanos();
    notBeforeNanos = fadedAtNanos;
    bucket =
        Bucket.builder()
            .withCustomTimePrecision(clock)
            .addLimit(
                Bandwidth.builder()
                    .capacity(inAMinute)
                    .refillGreedy(inAMinute, Duration.ofMinutes(1))
                    .build())
            .build();
  }

  /** How long to wait; zero means that this try counts and may go on. */
  synchronized Duration begin() {
    long left = notBeforeNanos - clock.currentTimeNanos();
    if (left > 0) {
      return Duration.ofNanos(left);
    }
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(probe.getNanosToWaitForRefill());
  }

  synchronized void failed() {
    fade();
    failures = Math.min(failures + 1, freeFailures + MOST_BEYOND);
    int beyond = failures - freeFailures;
    if (beyond > 0) {
      long seconds = Math.min(LONGEST.toSeconds(), 1L << Math.min(beyond - 1, 6));
      notBeforeNanos = clock.currentTimeNanos() + Duration.ofSeconds(seconds).toNanos();
    }
  }

  /**
   * Takes failures back. What has to be waited already goes on.
   *
   * @param most how many
   * @return how many it were
   */
  synchronized int forgive(int most) {
    fade();
    int forgiven = Math.max(0, Math.min(failures, most));
    failures -= forgiven;
    return forgiven;
  }

  private void fade() {
    long now = clock.currentTimeNanos();
    long faded = (now - fadedAtNanos) / fadeNanos;
    failures = (int) Math.max(0, failures - faded);
    fadedAtNanos = failures == 0 ? now : fadedAtNanos + faded * fadeNanos;
  }
}
