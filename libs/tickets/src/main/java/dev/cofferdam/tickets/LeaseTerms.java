// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.tickets;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How long a sandbox may hold its key.
 *
 * @param lease without a renewal for this long the sandbox locks itself; 1 s to 30 s
 * @param idle without activity for this long it locks itself; 1 s to 60 min
 * @param warn so long before that, or before a timeout, it says so; 1 s to the shortest of them, at
 *     most 5 min
 * @param away without a view of a terminal for this long it locks itself; 1 s to 60 min
 * @param firstOpen whether the workspace has never been opened: only then may an empty ciphertext
 *     directory be initialised, so that a lost one is never taken for a new one
 * @param storageBytes how much ciphertext the workspace may have, 0 to 2^50; what was said before
 *     goes on if it is empty, and nothing is refused if nothing was said
 * @param timeouts what else ends it
 */
public record LeaseTerms(
    Duration lease,
    Duration idle,
    Duration warn,
    Duration away,
    boolean firstOpen,
    OptionalLong storageBytes,
    Timeouts timeouts) {
  public static final long MOST_STORAGE_BYTES = 1L << 50;
  public static final Duration LONGEST_LEASE = Duration.ofSeconds(30);
  public static final Duration LONGEST_IDLE = Duration.ofMinutes(60);
  public static final Duration LONGEST_WARNING = Duration.ofMinutes(5);
  public static final Duration LONGEST_AWAY = Duration.ofMinutes(60);
  public static final Duration USUAL_AWAY = Duration.ofMinutes(2);
  private static final Duration USUAL_WARNING = Duration.ofSeconds(60);
  private static final int HALF = 2;

  public LeaseTerms {
    if (lease.toSeconds() < 1 || lease.compareTo(LONGEST_LEASE) > 0) {
      throw new IllegalArgumentException("a lease lasts 1 s to 30 s");
    }
    if (idle.toSeconds() < 1 || idle.compareTo(LONGEST_IDLE) > 0) {
      throw new IllegalArgumentException("the idle time is 1 s to 60 min");
    }
    Duration longest =
        timeouts.shortest(idle.compareTo(LONGEST_WARNING) < 0 ? idle : LONGEST_WARNING);
    if (warn.toSeconds() < 1 || warn.compareTo(longest) > 0) {
      throw new IllegalArgumentException("the warning comes 1 s to 5 min before, not earlier");
    }
    if (away.toSeconds() < 1 || away.compareTo(LONGEST_AWAY) > 0) {
      throw new IllegalArgumentException("nobody may look for 1 s to 60 min");
    }
    storageBytes.ifPresent(
        bytes -> {
          if (bytes < 0 || bytes > MOST_STORAGE_BYTES) {
            throw new IllegalArgumentException("storage is 0 to 2^50 bytes");
          }
        });
  }

  /** Without a word on storage, and without timeouts. */
  public LeaseTerms(
      Duration lease, Duration idle, Duration warn, Duration away, boolean firstOpen) {
    this(lease, idle, warn, away, firstOpen, OptionalLong.empty(), Timeouts.NONE);
  }

  /** Warns in the usual time before the idle lock; nobody needs to look for as long as usual. */
  public LeaseTerms(Duration lease, Duration idle, boolean firstOpen) {
    this(lease, idle, usualWarning(idle), USUAL_AWAY, firstOpen);
  }

  /** The same with this much storage. */
  public LeaseTerms withStorage(long bytes) {
    return new LeaseTerms(lease, idle, warn, away, firstOpen, OptionalLong.of(bytes), timeouts);
  }

  /** The same with these timeouts. */
  public LeaseTerms withTimeouts(Timeouts given) {
    return new LeaseTerms(lease, idle, warn, away, firstOpen, storageBytes, given);
  }

  /** A minute, or half of an idle time that is shorter than two; whole seconds, at least one. */
  public static Duration usualWarning(Duration idle) {
    Duration half = Duration.ofSeconds(Math.max(1, idle.toSeconds() / HALF));
    return half.compareTo(USUAL_WARNING) < 0 ? half : USUAL_WARNING;
  }
}
