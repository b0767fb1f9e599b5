// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.signin;

import java.util.function.IntSupplier;

/**
 * Ends many things a few at a time. What has ended is found no more, so a round finds fewer than it
 * may once nearly all have; what others make meanwhile can't keep it busy for ever.
 */
final class Rounds {
  /** Half a million of what ends fifty at a time. */
  static final int MOST = 10_000;

  private Rounds() {}

  /**
   * @param atOnce how many a round takes at most, at least 1
   * @param round ends some and says how many it found
   * @throws IllegalStateException if after {@value #MOST} rounds there is still more
   */
  static void untilFew(int atOnce, IntSupplier round) {
    for (int i = 0; i < MOST; i++) {
      if (round.getAsInt() < atOnce) {
        return;
      }
    }
    throw new IllegalStateException("after " + MOST + " rounds there is still more to end");
  }
}
