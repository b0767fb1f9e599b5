// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ledger;

/** Where a tree's complete subtrees are remembered. */
@FunctionalInterface
public interface Nodes {
  /**
   * The root over the entries {@code index * 2^level} up to, without, {@code (index + 1) *
   * 2^level}.
   *
   * @param level from 0, which is an entry's own leaf
   */
  Hash node(int level, long index);
}
