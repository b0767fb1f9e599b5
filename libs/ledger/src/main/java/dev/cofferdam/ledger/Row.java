// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ledger;

/**
 * An entry as it was written down.
 *
 * @param hash the entry's, as it was stated: whether it is, {@link Verifier} finds out
 */
public record Row(Entry entry, Hash hash) implements Line {
  public static Row of(Entry entry) {
    return new Row(entry, entry.hash());
  }
}
