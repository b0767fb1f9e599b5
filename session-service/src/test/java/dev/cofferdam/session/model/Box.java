// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.model;

/**
 * What an agent knows of its lease: it runs from the time that the ticket was signed at, on a clock
 * that nobody sets.
 *
 * @param offeredAt when the ticket that it has not heard of yet was signed, by the service's clock,
 *     in seconds; -1 if there is none
 * @param keyUntil by the agent's clock, in seconds; -1 before it has a key
 */
record Box(boolean runs, long offeredAt, long keyUntil) {
  static final int LEASE_SECONDS = 30;
  static final int SKEW_SECONDS = 5;

  static Box waiting(long wall) {
    return new Box(true, wall, -1);
  }

  Box offered(long wall) {
    return new Box(runs, wall, keyUntil);
  }

  /** A ticket that has run out, or was signed in the future, is refused. */
  Box take(long wall, long steady) {
    boolean isGood =
        runs
            && offeredAt >= 0
            && wall - offeredAt < LEASE_SECONDS
            && offeredAt <= wall + SKEW_SECONDS;
    long age = Math.max(0, wall - offeredAt);
    return isGood ? new Box(true, -1, steady + LEASE_SECONDS - age) : this;
  }

  /** All the while somebody renewed it. */
  Box kept(long seconds) {
    return new Box(runs, -1, keyUntil < 0 ? -1 : keyUntil + seconds);
  }

  /** Its end is that of its key. */
  Box at(long steady) {
    return keyUntil >= 0 && keyUntil <= steady ? gone() : this;
  }

  Box gone() {
    return new Box(false, -1, -1);
  }

  boolean hasKey() {
    return runs && keyUntil >= 0;
  }
}
