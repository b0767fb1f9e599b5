// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.storage;

import java.time.Duration;

/**
 * When to count again, and whether it is full. Counting takes long where there are many files, so
 * in between what gocryptfs has written, to the disk or in answer to programs, stands for the most
 * that can have been added. Not thread-safe.
 *
 * <pre>
 * limit          limit + grace
 *   |  full once counted  |  full at once, counted or not  |
 * </pre>
 */
final class Budget {
  private static final long MEBIBYTE = 1024 * 1024;
  static final long LEAST_STEP_BYTES = MEBIBYTE;
  static final long LEAST_GRACE_BYTES = 64 * MEBIBYTE;
  static final long MOST_GRACE_BYTES = 1024 * MEBIBYTE;
  static final Duration FULL_REST = Duration.ofMillis(500);
  static final Duration IDLE_REST = Duration.ofSeconds(10);

  /** Several programs that write into memory may come near to it for a while. */
  static final long MOST_BYTES_A_SECOND = 4096 * MEBIBYTE;

  static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private static final int STEPS = 8;
  private static final int GRACE_SHARE = 16;

  /**
   * Counting takes a twentieth of the time at most, and a hundredth where little happens; half
   * where writing is refused for what has passed and was not counted.
   */
  private static final int REST = 20;

  private static final int LONG_REST = 100;

  private long limit = Long.MAX_VALUE;
  private boolean counted;
  private boolean countable = true;
  private boolean full;
  private long used;
  private long passedBefore;
  private long countedAt;
  private long took;
  private long usedWhenFull = Long.MAX_VALUE;
  private long passedWhenUncountable;

  /** How much there may be. */
  void allow(long bytes) {
    limit = bytes;
    decide();
  }

  /**
   * A count from {@code begin} to {@code end}, nanoseconds of a monotonic clock.
   *
   * @param passed what gocryptfs had written at its begin
   */
  void counted(long begin, long end, long passed, long bytes) {
    boolean wasFull = full;
    used = bytes;
    countable = true;
    rest(begin, end, passed);
    decide();
    // What was written while it was not full yet, a count may have missed.
    if (full && wasFull && usedWhenFull == Long.MAX_VALUE) {
      usedWhenFull = used;
    }
  }

  /** Nobody can say what there is: nothing may be added then. */
  void uncountable(long begin, long end, long passed) {
    if (countable) {
      passedWhenUncountable = passed;
    }
    countable = false;
    rest(begin, end, passed);
    decide();
  }

  private void rest(long begin, long end, long passed) {
    counted = true;
    countedAt = end;
    took = end - begin;
    passedBefore = passed;
  }

  private void decide() {
    full = counted && limit != Long.MAX_VALUE && (!countable || used >= limit);
    if (!full) {
      usedWhenFull = Long.MAX_VALUE;
    }
  }

  /** Whether it is time for a count, gocryptfs having written so much since its start. */
  boolean wantsCount(long now, long passed) {
    if (!counted) {
      return true;
    }
    long moved = passed - passedBefore;
    long rest = now - countedAt;
    // What has passed may be rewriting and reading: who is refused for that alone waits no longer.
    boolean isSuspected = !full && isFull(passed);
    if (moved <= 0 || rest < (isSuspected ? 1 : REST) * took) {
      return false;
    }
    if (full || isSuspected) {
      return rest >= FULL_REST.toNanos();
    }
    return moved >= Math.max(LEAST_STEP_BYTES, left() / STEPS)
        || rest >= Math.max(IDLE_REST.toNanos(), LONG_REST * took);
  }

  /** Whether nothing may be written, gocryptfs having written so much since its start. */
  boolean isFull(long passed) {
    if (limit == Long.MAX_VALUE) {
      return false;
    }
    return full || passed - passedBefore > (counted ? left() : 0) + grace();
  }

  /** Whether it grew on since it was full: names take room that no limit of a file's size sees. */
  boolean isBeyond(long passed) {
    if (!full) {
      return false;
    }
    return countable
        ? usedWhenFull != Long.MAX_VALUE && used - usedWhenFull > grace()
        : passed - passedWhenUncountable > grace();
  }

  /** How long nobody need look: what is left can't be written sooner. */
  Duration untilNextLook(long passed) {
    long room = counted && !full ? left() - (passed - passedBefore) : 0;
    double seconds = (double) room / MOST_BYTES_A_SECOND;
    long millis = (long) Math.min(LONGEST_PAUSE.toMillis(), seconds * 1000);
    return Duration.ofMillis(Math.max(SHORTEST_PAUSE.toMillis(), millis));
  }

  /** Whether {@link #used} says anything. */
  boolean isKnown() {
    return counted && (countable || limit != Long.MAX_VALUE);
  }

  /** What nobody can count takes all that it may. */
  long used() {
    return countable ? used : Math.max(used, limit);
  }

  private long left() {
    return Math.max(0, limit - used);
  }

  private long grace() {
    return Math.clamp(limit / GRACE_SHARE, LEAST_GRACE_BYTES, MOST_GRACE_BYTES);
  }
}
