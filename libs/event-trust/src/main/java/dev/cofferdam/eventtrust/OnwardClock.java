// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.eventtrust;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * A wall clock that is not set back: it goes on from the latest time that it was asked at, by the
 * clock that nobody sets. What was told before somebody set the wall clock back has happened for
 * whoever reads it afterwards. It is ahead of the wall clock by a day at most, so that a time of
 * some other year is not believed for long.
 *
 * <p>Once ahead it stays so until it is made anew: for so long whoever asks it takes a time of up
 * to a day ahead for one that has been.
 *
 * <p>It knows the times that it was asked or {@link #look looked} at alone. For any thread.
 */
public final class OnwardClock implements InstantSource {
  private static final Duration MOST_AHEAD = Duration.ofDays(1);

  private final InstantSource wall;
  private final LongSupplier nanos;
  private Instant seen;
  private long seenAtNanos;

  /**
   * @param nanos of a clock that nobody sets, from any beginning
   */
  public OnwardClock(InstantSource wall, LongSupplier nanos) {
    this.wall = wall;
    this.nanos = nanos;
    seen = wall.instant();
    seenAtNanos = nanos.getAsLong();
  }

  /** The machine's. */
  public static OnwardClock system() {
    return new OnwardClock(InstantSource.system(), System::nanoTime);
  }

  /**
   * Sees which time it is, for later: what nobody looked at while it was set is as if it had never
   * been.
   */
  public void look() {
    see();
  }

  @Override
  public Instant instant() {
    return see();
  }

  private synchronized Instant see() {
    Instant now = wall.instant();
    long nowNanos = nanos.getAsLong();
    Instant onward = seen.plusNanos(nowNanos - seenAtNanos);
    seen = earlier(later(now, onward), now.plus(MOST_AHEAD));
    seenAtNanos = nowNanos;
    return seen;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
