// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import java.time.Duration;
import java.time.Instant;

/**
 * Since when heads are neither signed nor kept. A minute of that is told of: what is written
 * meanwhile could be changed without a signature that contradicts it. For one thread.
 */
final class Lateness {
  static final Duration MOST = Duration.ofMinutes(1);

  private Instant since;

  /**
   * @param start when nothing was late yet
   */
  Lateness(Instant start) {
    since = start;
  }

  void worked(Instant now) {
    since = now;
  }

  /** When it last worked. */
  Instant since() {
    return since;
  }

  boolean isTooMuch(Instant now) {
    return !now.isBefore(since.plus(MOST));
  }
}
