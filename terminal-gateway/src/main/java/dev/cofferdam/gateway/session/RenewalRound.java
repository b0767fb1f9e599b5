// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One round of renewals, spread over a fifth of the time between two rounds. Each renewal has
 * several processes check a signature; those of all sandboxes at once would keep every processor
 * from what people type, for a tenth of a second and more.
 */
final class RenewalRound {
  private static final int FEWEST_TOGETHER = 2;

  /** What session-service takes in one call. */
  private static final int MOST_TOGETHER = 64;

  private static final int GROUPS = 50;
  private static final int PART_OF_THE_TIME = 5;

  private final int sessions;
  private final int groupSize;
  private final long nanosApart;
  private final long start = System.nanoTime();

  /**
   * @param sessions whose leases are renewed
   * @param every from the start of one round to the next one's
   */
  RenewalRound(int sessions, Duration every) {
    this.sessions = sessions;
    groupSize = Math.clamp(Math.ceilDiv(sessions, GROUPS), FEWEST_TOGETHER, MOST_TOGETHER);
    nanosApart = every.toNanos() / PART_OF_THE_TIME / Math.max(1, groups());
  }

  int groups() {
    return Math.ceilDiv(sessions, groupSize);
  }

  /** Index of its first session. */
  int from(int group) {
    return group * groupSize;
  }

  /** Index behind its last session. */
  int to(int group) {
    return Math.min(sessions, from(group) + groupSize);
  }

  /** When it is due, from the start of the round. */
  Duration dueAfter(int group) {
    return Duration.ofNanos(group * nanosApart);
  }

  /**
   * Waits until it is due; a round that is late does not wait.
   *
   * @return false when the thread is to end
   */
  boolean awaits(int group) {
    try {
      TimeUnit.NANOSECONDS.sleep(dueAfter(group).toNanos() - (System.nanoTime() - start));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
