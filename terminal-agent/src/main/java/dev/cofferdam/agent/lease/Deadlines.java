// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.lease;

import dev.cofferdam.tickets.LeaseTerms;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * When the agent has to lock itself. Runs on a monotonic clock that counts suspension too, so that
 * neither setting the time nor closing a lid makes anything last longer. Thread-safe.
 */
public final class Deadlines {
  /** Why it is time. */
  public enum Passed {
    LEASE,
    IDLE,
    AWAY
  }

  private final LongSupplier nanos;
  private volatile Duration lease = Duration.ZERO;
  private volatile Duration idle = Duration.ZERO;
  private volatile Duration warn = Duration.ZERO;
  private volatile Duration away = Duration.ZERO;
  private volatile long renewedAt;
  private volatile long activeAt;

  /** When the last view went; views come and go on threads of their own. */
  private volatile long lookedAt;

  private int views;

  /** Clock in nanoseconds: {@link dev.cofferdam.agent.kernel.BootClock#nanos}. */
  public Deadlines(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * The other times run from now.
   *
   * @param age see {@link #renew}
   */
  public void start(LeaseTerms terms, Duration age) {
    renew(terms, age);
    lookedAt = nanos.getAsLong();
    active();
  }

  /**
   * The lease runs from when it was given, not from when it came: whoever gave it counts from then,
   * and lets the next one have the key when it is over.
   *
   * @param age how long ago that was
   */
  public void renew(LeaseTerms terms, Duration age) {
    lease = terms.lease();
    idle = terms.idle();
    warn = terms.warn();
    away = terms.away();
    renewedAt = nanos.getAsLong() - age.toNanos();
  }

  /** Somebody typed, opened a terminal or said that he is still there, or his programs worked. */
  public void active() {
    activeAt = nanos.getAsLong();
  }

  /** Whole seconds until the idle lock, rounded up, at least 0. */
  public int idleSecondsLeft() {
    long left = idle.toNanos() - (nanos.getAsLong() - activeAt);
    return (int) Math.max(0, Math.ceilDiv(left, 1_000_000_000L));
  }

  /** Whole seconds since the last activity, rounded down, at least 0. */
  public int idleSeconds() {
    long idleFor = nanos.getAsLong() - activeAt;
    return Math.clamp(idleFor / 1_000_000_000L, 0, Integer.MAX_VALUE);
  }

  /** Somebody has a view of a terminal. Each is told of as gone once. */
  public synchronized void viewCame() {
    views++;
  }

  public synchronized void viewWent() {
    views--;
    lookedAt = nanos.getAsLong();
  }

  private synchronized boolean isAway(long now) {
    return views == 0 && now - lookedAt >= away.toNanos();
  }

  /** From how many seconds before the idle lock on a page should warn. */
  public int warnSeconds() {
    return (int) warn.toSeconds();
  }

  public boolean isSoon() {
    return idleSecondsLeft() <= warnSeconds();
  }

  public Optional<Passed> passed() {
    long now = nanos.getAsLong();
    if (now - renewedAt >= lease.toNanos()) {
      return Optional.of(Passed.LEASE);
    }
    if (isAway(now)) {
      return Optional.of(Passed.AWAY);
    }
    return now - activeAt >= idle.toNanos() ? Optional.of(Passed.IDLE) : Optional.empty();
  }
}
