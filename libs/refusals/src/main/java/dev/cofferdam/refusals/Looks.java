// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.refusals;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which looks were told of within the last minute: a page that is open asks again and again. Knows
 * the newest {@value #MOST}; what it has forgotten is told of again. Thread-safe.
 */
public final class Looks {
  static final Duration MINUTE = Duration.ofMinutes(1);
  static final int MOST = 4096;

  private final Map<Look, Instant> told =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Look, Instant> eldest) {
          return size() > MOST;
        }
      };

  /** Not from a clock that was set back. */
  public synchronized boolean isTold(Look look, Instant now) {
    Instant at = told.get(look);
    return at != null && !at.isAfter(now) && now.isBefore(at.plus(MINUTE));
  }

  /** That it was told of just now. */
  public synchronized void tell(Look look, Instant now) {
    told.remove(look);
    told.put(look, now);
  }
}
