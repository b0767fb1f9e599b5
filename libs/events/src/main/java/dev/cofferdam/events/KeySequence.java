// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.events;

import java.util.UUID;

/**
 * Which event of its key it is, as its teller counts them. Each teller counts its own.
 *
 * @param chain the count that it belongs to; a key of which nobody told for long begins another one
 * @param number its place there, from 1 without a gap
 */
public record KeySequence(UUID chain, long number) {
  public KeySequence {
    if (number < 1) {
      throw new IllegalArgumentException("number is no number from 1");
    }
  }
}
