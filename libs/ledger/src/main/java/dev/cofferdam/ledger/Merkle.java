// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ledger;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The Merkle tree of RFC 9162 section 2.1 with SHA-256. The data of a leaf are the 32 bytes of its
 * entry's hash.
 */
public final class Merkle {
  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private Merkle() {}

  public static Hash leaf(Hash entry) {
    return Hash.tagged(LEAF, entry);
  }

  public static Hash node(Hash left, Hash right) {
    return Hash.tagged(NODE, left, right);
  }

  /**
   * PATH(index, D[size]) of RFC 9162 section 2.1.3.1, the lowest sibling first.
   *
   * @throws IllegalArgumentException if there is no such leaf
   */
  public static List<Hash> inclusion(Nodes nodes, long index, long size) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("no leaf " + index + " of " + size);
    }
    List<Hash> path = new ArrayList<>();
    inclusion(nodes, index, 0, size, path);
    return path;
  }

  private static void inclusion(Nodes nodes, long index, long from, long to, List<Hash> path) {
    if (to - from == 1) {
      return;
    }
    long middle = from + split(to - from);
    if (index < middle) {
      inclusion(nodes, index, from, middle, path);
      path.add(root(nodes, middle, to));
    } else {
      inclusion(nodes, index, middle, to, path);
      path.add(root(nodes, from, middle));
    }
  }

  /**
   * PROOF(first, D[second]) of RFC 9162 section 2.1.4.1.
   *
   * @throws IllegalArgumentException unless 0 &lt; first &lt;= second
   */
  public static List<Hash> consistency(Nodes nodes, long first, long second) {
    if (first < 1 || first > second) {
      throw new IllegalArgumentException("no tree of " + first + " in one of " + second);
    }
    List<Hash> proof = new ArrayList<>();
    consistency(nodes, first, 0, second, true, proof);
    return proof;
  }

  private static void consistency(
      Nodes nodes, long first, long from, long to, boolean known, List<Hash> proof) {
    if (first == to) {
      if (!known) {
        proof.add(root(nodes, from, to));
      }
      return;
    }
    long middle = from + split(to - from);
    if (first <= middle) {
      consistency(nodes, first, from, middle, known, proof);
      proof.add(root(nodes, middle, to));
    } else {
      consistency(nodes, first, middle, to, false, proof);
      proof.add(root(nodes, from, middle));
    }
  }

  private static Hash root(Nodes nodes, long from, long to) {
    long size = to - from;
    if (Long.bitCount(size) == 1) {
      int level = Long.numberOfTrailingZeros(size);
      return nodes.node(level, from >> level);
    }
    long middle = from + split(size);
    return node(root(nodes, from, middle), root(nodes, middle, to));
  }

  /** The largest power of two below a size of at least 2. */
  private static long split(long size) {
    return Long.highestOneBit(size - 1);
  }

  /** RFC 9162 section 2.1.3.2: whether the path leads from this entry to this root. */
  public static boolean isIncluded(Hash entry, long index, long size, List<Hash> path, Hash root) {
    if (index < 0 || index >= size) {
      return false;
    }
    long fn = index;
    long sn = size - 1;
    Hash r = leaf(entry);
    for (Hash p : path) {
      if (sn == 0) {
        return false;
      }
      if ((fn & 1) == 1 || fn == sn) {
        r = node(p, r);
        int shift = fn == 0 ? 0 : Long.numberOfTrailingZeros(fn);
        fn >>= shift;
        sn >>= shift;
      } else {
        r = node(r, p);
      }
      fn >>= 1;
      sn >>= 1;
    }
    return sn == 0 && r.equals(root);
  }

  /** RFC 9162 section 2.1.4.2: whether the first tree is the beginning of the second. */
  public static boolean isConsistent(
      long first, Hash firstRoot, long second, Hash secondRoot, List<Hash> proof) {
    if (first < 1 || first > second) {
      return false;
    }
    if (first == second) {
      return proof.isEmpty() && firstRoot.equals(secondRoot);
    }
    List<Hash> steps = new ArrayList<>(proof);
    if (Long.bitCount(first) == 1) {
      steps.addFirst(firstRoot);
    }
    if (steps.isEmpty()) {
      return false;
    }
    int shift = Long.numberOfTrailingZeros(~(first - 1));
    long fn = first - 1 >> shift;
    long sn = second - 1 >> shift;
    Iterator<Hash> rest = steps.iterator();
    Hash fr = rest.next();
    Hash sr = fr;
    while (rest.hasNext()) {
      Hash c = rest.next();
      if (sn == 0) {
        return false;
      }
      if ((fn & 1) == 1 || fn == sn) {
        fr = node(c, fr);
        sr = node(c, sr);
        int zeros = fn == 0 ? 0 : Long.numberOfTrailingZeros(fn);
        fn >>= zeros;
        sn >>= zeros;
      } else {
        sr = node(sr, c);
      }
      fn >>= 1;
      sn >>= 1;
    }
    return sn == 0 && fr.equals(firstRoot) && sr.equals(secondRoot);
  }
}
