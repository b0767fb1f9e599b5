// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.tickets;

import java.time.Duration;

/**
 * How long a sandbox may hold its key.
 *
 * @param lease without a renewal for this long the sandbox locks itself; 1 s to 30 s
 * @param idle without input for this long it locks itself; 1 s to 60 min
 * @param firstOpen whether the workspace has never been opened: only then may an empty ciphertext
 *     directory be initialised, so that a lost one is never taken for a new one
 */
public record LeaseTerms(Duration lease, Duration idle, boolean firstOpen) {
  public static final Duration LONGEST_LEASE = Duration.ofSeconds(30);
  public static final Duration LONGEST_IDLE = Duration.ofMinutes(60);

  public LeaseTerms {
    if (lease.toSeconds() < 1 || lease.compareTo(LONGEST_LEASE) > 0) {
      throw new IllegalArgumentException("a lease lasts 1 s to 30 s");
    }
    if (idle.toSeconds() < 1 || idle.compareTo(LONGEST_IDLE) > 0) {
      throw new IllegalArgumentException("the idle time is 1 s to 60 min");
    }
  }
}
