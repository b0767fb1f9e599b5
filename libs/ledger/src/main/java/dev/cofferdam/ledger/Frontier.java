// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ledger;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The right edge of a Merkle tree: all that is needed to append and to tell the root, one hash for
 * each bit of the size. For one thread.
 */
public final class Frontier {
  private static final int LEVELS = 63;

  private final @Nullable Hash[] peaks = new Hash[LEVELS];
  private long size;

  /** Of the tree that has so many entries. */
  public static Frontier of(Nodes nodes, long size) {
    Frontier frontier = new Frontier();
    frontier.size = size;
    for (int level = 0; level < LEVELS; level++) {
      if ((size >> level & 1) == 1) {
        frontier.peaks[level] = nodes.node(level, (size >> level) - 1);
      }
    }
    return frontier;
  }

  public Frontier copy() {
    Frontier copy = new Frontier();
    copy.size = size;
    System.arraycopy(peaks, 0, copy.peaks, 0, LEVELS);
    return copy;
  }

  public long size() {
    return size;
  }

  /**
   * Adds an entry.
   *
   * @return roots of the subtrees that are complete with it, of levels 1, 2 and so on
   */
  public List<Hash> append(Hash entry) {
    List<Hash> completed = (size & 1) == 0 ? List.of() : new ArrayList<>();
    Hash node = Merkle.leaf(entry);
    int level = 0;
    for (Hash left = peaks[0]; left != null; left = peaks[level]) {
      node = Merkle.node(left, node);
      completed.add(node);
      peaks[level] = null;
      level++;
    }
    peaks[level] = node;
    size++;
    return completed;
  }

  /** Of an empty tree it is the hash of nothing. */
  public Hash root() {
    Hash root = null;
    for (Hash peak : peaks) {
      if (peak != null) {
        root = root == null ? peak : Merkle.node(peak, root);
      }
    }
    return root == null ? Hash.of() : root;
  }
}
