// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.eventtrust;

import dev.cofferdam.ledger.Hash;
import dev.cofferdam.ledger.Merkle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a record's value stands among those that were signed together: a leaf of the Merkle tree of
 * RFC 9162 section 2.1 whose root is what is signed. So a hundred events cost one signature, and
 * each can still be believed alone.
 *
 * @param index from 0
 * @param size of the tree, at most {@value #MOST}
 * @param root the tree's
 * @param path from the leaf to the root
 */
record Place(int index, int size, Hash root, List<Hash> path) {
  static final int MOST = 128;

  /** {@code index size root}, then the path's hashes, each in front of a space. */
  private static final Pattern TEXT =
      Pattern.compile("(\\d{1,3}) (\\d{1,3}) ([0-9a-f]{64})((?: [0-9a-f]{64}){0,7})");

  Place {
    if (size < 1 || size > MOST || index < 0 || index >= size) {
      throw new IllegalArgumentException("no leaf " + index + " of " + size);
    }
    path = List.copyOf(path);
  }

  /** Of each of at most {@value #MOST} values. */
  static List<Place> of(List<String> values) {
    List<Hash> entries = values.stream().map(Hash::ofText).toList();
    Hash root = subtree(entries, 0, entries.size());
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      List<Hash> path =
          Merkle.inclusion(
              (level, index) -> subtree(entries, (int) index << level, (int) (index + 1) << level),
              i,
              entries.size());
      places.add(new Place(i, entries.size(), root, path));
    }
    return places;
  }

  private static Hash subtree(List<Hash> entries, int from, int to) {
    if (to - from == 1) {
      return Merkle.leaf(entries.get(from));
    }
    int middle = from + Integer.highestOneBit(to - from - 1);
    return Merkle.node(subtree(entries, from, middle), subtree(entries, middle, to));
  }

  /** What is signed. */
  String statement() {
    return "cofferdam events " + size + " " + root;
  }

  boolean isOf(String value) {
    return Merkle.isIncluded(Hash.ofText(value), index, size, path, root);
  }

  String text() {
    return index
        + " "
        + size
        + " "
        + root
        + path.stream().map(hash -> " " + hash).collect(Collectors.joining());
  }

  /**
   * @throws IllegalArgumentException if it is no place
   */
  static Place parse(String text) {
    Matcher fields = TEXT.matcher(text);
    if (!fields.matches()) {
      throw new IllegalArgumentException("no place in a batch");
    }
    List<Hash> path =
        Arrays.stream(fields.group(4).split(" "))
            .filter(hash -> !hash.isEmpty())
            .map(Hash::parse)
            .toList();
    return new Place(
        Integer.parseInt(fields.group(1)),
        Integer.parseInt(fields.group(2)),
        Hash.parse(fields.group(3)),
        path);
  }
}
