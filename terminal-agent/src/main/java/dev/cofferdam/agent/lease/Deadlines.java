// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.lease;

import dev.cofferdam.tickets.LeaseTerms;
import dev.cofferdam.tickets.Timeouts;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * When the agent has to lock itself. Runs on a monotonic clock that counts suspension too, so that
 * neither setting the time nor closing a lid makes anything last longer. Thread-safe.
 */
public final class Deadlines {
  private static final int LOOKS_BEFORE_AN_END = 4;
  private static final Duration SOONEST_LOOK = Duration.ofMillis(250);
  private static final Duration LATEST_LOOK = Duration.ofSeconds(5);

  /** Why it is time. */
  public enum Passed {
    LEASE,
    AWAY,
    IDLE,
    /** The command timeout: nothing was typed, whatever programs did. */
    COMMAND,
    /** The mount timeout: no work on files, whatever was typed. */
    MOUNT
  }

  private final LongSupplier nanos;
  private volatile Duration lease = Duration.ZERO;
  private volatile Duration idle = Duration.ZERO;
  private volatile Duration warn = Duration.ZERO;
  private volatile Duration away = Duration.ZERO;
  private volatile Timeouts timeouts = Timeouts.NONE;
  private volatile long renewedAt;
  private volatile long activeAt;
  private volatile long commandedAt;
  private volatile long workedAt;

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
    active(Activity.STAY);
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
    timeouts = terms.timeouts();
    renewedAt = nanos.getAsLong() - age.toNanos();
  }

  public void active(Activity what) {
    long now = nanos.getAsLong();
    activeAt = now;
    if (what != Activity.FILES) {
      commandedAt = now;
    }
    if (what != Activity.COMMAND) {
      workedAt = now;
    }
  }

  /** Whole seconds until the idle lock or a timeout, rounded up, at least 0. */
  public int secondsLeft() {
    long now = nanos.getAsLong();
    long left = Math.min(left(idle, activeAt, now), leftOfTimeouts(now));
    return (int) Math.max(0, Math.ceilDiv(left, 1_000_000_000L));
  }

  private long leftOfTimeouts(long now) {
    return Math.min(
        timeouts.command().map(given -> left(given, commandedAt, now)).orElse(Long.MAX_VALUE),
        timeouts.mount().map(given -> left(given, workedAt, now)).orElse(Long.MAX_VALUE));
  }

  private static long left(Duration given, long since, long now) {
    return given.toNanos() - (now - since);
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

  /** From how many seconds before such an end on a page should warn. */
  public int warnSeconds() {
    return (int) warn.toSeconds();
  }

  public boolean isSoon() {
    return secondsLeft() <= warnSeconds();
  }

  /**
   * When {@link #passed} is to be asked again: the sooner the nearer an end is, but for the last
   * quarter second, and at least each five seconds, since what a machine sleeps counts here and not
   * in its timers. A quarter of the shortest time there is suffices for what may begin meanwhile.
   */
  public Duration untilNextLook() {
    long now = nanos.getAsLong();
    long left = Math.min(left(lease, renewedAt, now), left(idle, activeAt, now));
    long next = Math.min(Math.min(left, leftOfTimeouts(now)), shortest()) / LOOKS_BEFORE_AN_END;
    return Duration.ofNanos(Math.clamp(next, SOONEST_LOOK.toNanos(), LATEST_LOOK.toNanos()));
  }

  private long shortest() {
    return Math.min(lease.toNanos(), Math.min(idle.toNanos(), away.toNanos()));
  }

  public Optional<Passed> passed() {
    long now = nanos.getAsLong();
    if (now - renewedAt >= lease.toNanos()) {
      return Optional.of(Passed.LEASE);
    }
    if (isAway(now)) {
      return Optional.of(Passed.AWAY);
    }
    if (left(idle, activeAt, now) <= 0) {
      return Optional.of(Passed.IDLE);
    }
    if (hasPassed(timeouts.command(), commandedAt, now)) {
      return Optional.of(Passed.COMMAND);
    }
    return hasPassed(timeouts.mount(), workedAt, now)
        ? Optional.of(Passed.MOUNT)
        : Optional.empty();
  }

  private static boolean hasPassed(Optional<Duration> timeout, long since, long now) {
    return timeout.isPresent() && left(timeout.get(), since, now) <= 0;
  }
}
