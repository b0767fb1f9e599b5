// SPDX-License-Identifier: Apache-2.0

/**
 * Milliseconds to wait before try number `attempt` (from 0): doubles from 250 ms to `most`, then spread
 * by a half so that a hundred terminals do not come back in the same instant.
 */
export function backoffMs(attempt: number, random: () => number = Math.random, most = 5_000): number {
  const ceiling = Math.min(most, 250 * 2 ** Math.min(attempt, 10));
  return Math.round(ceiling / 2 + (ceiling / 2) * random());
}
