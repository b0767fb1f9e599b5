// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Against the definitions of RFC 9162, written down a second time the slow way. */
class MerkleTest {
  private static final int MOST = 70;
  private static final List<Hash> ENTRIES =
      IntStream.range(0, MOST).mapToObj(i -> Hash.of(new byte[] {(byte) i})).toList();

  /** Section 2.1.1: MTH. */
  private static Hash root(List<Hash> entries) {
    int n = entries.size();
    if (n == 0) {
      return sha256();
    }
    if (n == 1) {
      return sha256(new byte[] {0}, entries.getFirst().toBytes());
    }
    int k = split(n);
    return sha256(
        new byte[] {1},
        root(entries.subList(0, k)).toBytes(),
        root(entries.subList(k, n)).toBytes());
  }

  /** Section 2.1.3.1: PATH. */
  private static List<Hash> path(int m, List<Hash> entries) {
    int n = entries.size();
    List<Hash> path = new ArrayList<>();
    if (n == 1) {
      return path;
    }
    int k = split(n);
    path.addAll(m < k ? path(m, entries.subList(0, k)) : path(m - k, entries.subList(k, n)));
    path.add(root(m < k ? entries.subList(k, n) : entries.subList(0, k)));
    return path;
  }

  /** Section 2.1.4.1: SUBPROOF. */
  private static List<Hash> subproof(int m, List<Hash> entries, boolean known) {
    int n = entries.size();
    List<Hash> proof = new ArrayList<>();
    if (m == n) {
      return known ? proof : List.of(root(entries));
    }
    int k = split(n);
    proof.addAll(
        m <= k
            ? subproof(m, entries.subList(0, k), known)
            : subproof(m - k, entries.subList(k, n), false));
    proof.add(root(m <= k ? entries.subList(k, n) : entries.subList(0, k)));
    return proof;
  }

  private static int split(int n) {
    int k = 1;
    while (k * 2 < n) {
      k *= 2;
    }
    return k;
  }

  private static Hash sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return Hash.copyOf(digest.digest());
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static Hash node(int level, long index) {
    int width = 1 << level;
    return root(ENTRIES.subList((int) index * width, (int) (index + 1) * width));
  }

  @Test
  void theEmptyTreeIsTheHashOfNothing() {
    // printf '' | sha256sum
    assertThat(new Frontier().root())
        .hasToString("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void aLeafAndANodeAreWhatAShellSays() {
    // head -c 33 /dev/zero | sha256sum
    assertThat(Merkle.leaf(Hash.NONE))
        .hasToString("7f9c9e31ac8256ca2f258583df262dbc7d6f68f2a03043d5c99a4ae5a7396ce9");
    // (printf '\x01'; head -c 64 /dev/zero) | sha256sum
    assertThat(Merkle.node(Hash.NONE, Hash.NONE))
        .isEqualTo(
            Hash.copyOf(
                HexFormat.of()
                    .parseHex("ae0798d0ecaed2b778eddebf18f071a561c53658c05e76cedecc27cafbdbc577")));
  }

  @Test
  void theRootIsThatOfTheDefinition() {
    Frontier tree = new Frontier();
    for (int n = 1; n <= MOST; n++) {
      tree.append(ENTRIES.get(n - 1));
      assertThat(tree.root()).isEqualTo(root(ENTRIES.subList(0, n)));
      assertThat(tree.size()).isEqualTo(n);
      assertThat(Frontier.of(MerkleTest::node, n).root()).isEqualTo(tree.root());
      assertThat(tree.copy().root()).isEqualTo(tree.root());
    }
  }

  @Test
  void appendingTellsWhichSubtreesAreComplete() {
    Frontier tree = new Frontier();
    for (int i = 0; i < MOST; i++) {
      List<Hash> completed = tree.append(ENTRIES.get(i));
      assertThat(completed).hasSize(Integer.numberOfTrailingZeros(i + 1));
      for (int level = 1; level <= completed.size(); level++) {
        assertThat(completed.get(level - 1)).isEqualTo(node(level, i >> level));
      }
    }
  }

  @Test
  void everyEntryOfEveryTreeIsProvedAndNothingElse() {
    for (int n = 1; n <= MOST; n++) {
      Hash root = root(ENTRIES.subList(0, n));
      for (int m = 0; m < n; m++) {
        List<Hash> path = Merkle.inclusion(MerkleTest::node, m, n);
        assertThat(path).isEqualTo(path(m, ENTRIES.subList(0, n)));
        assertThat(Merkle.isIncluded(ENTRIES.get(m), m, n, path, root)).isTrue();
        assertThat(Merkle.isIncluded(ENTRIES.get((m + 1) % MOST), m, n, path, root)).isFalse();
        assertThat(Merkle.isIncluded(ENTRIES.get(m), m, n, path, Hash.NONE)).isFalse();
        if (n > 1) {
          assertThat(Merkle.isIncluded(ENTRIES.get(m), (m + 1) % n, n, path, root)).isFalse();
          assertThat(Merkle.isIncluded(ENTRIES.get(m), m, n, path.subList(1, path.size()), root))
              .isFalse();
        }
        List<Hash> longer = new ArrayList<>(path);
        longer.add(Hash.NONE);
        assertThat(Merkle.isIncluded(ENTRIES.get(m), m, n, longer, root)).isFalse();
      }
    }
  }

  @Test
  void everyTreeIsProvedToBeTheBeginningOfEveryLaterOne() {
    for (int n = 1; n <= MOST; n++) {
      Hash second = root(ENTRIES.subList(0, n));
      for (int m = 1; m <= n; m++) {
        Hash first = root(ENTRIES.subList(0, m));
        List<Hash> proof = Merkle.consistency(MerkleTest::node, m, n);
        assertThat(proof).isEqualTo(subproof(m, ENTRIES.subList(0, n), true));
        assertThat(Merkle.isConsistent(m, first, n, second, proof)).isTrue();
        assertThat(Merkle.isConsistent(m, Hash.NONE, n, second, proof)).isFalse();
        assertThat(Merkle.isConsistent(m, first, n, Hash.NONE, proof)).isFalse();
        List<Hash> longer = new ArrayList<>(proof);
        longer.add(Hash.NONE);
        assertThat(Merkle.isConsistent(m, first, n, second, longer)).isFalse();
      }
    }
  }

  @Test
  void nothingIsProvedOfWhatIsNotThere() {
    assertThatThrownBy(() -> Merkle.inclusion(MerkleTest::node, 3, 3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Merkle.consistency(MerkleTest::node, 0, 3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Merkle.isIncluded(Hash.NONE, 3, 3, List.of(), Hash.NONE)).isFalse();
    assertThat(Merkle.isIncluded(Hash.NONE, -1, 3, List.of(), Hash.NONE)).isFalse();
    assertThat(Merkle.isConsistent(4, Hash.NONE, 3, Hash.NONE, List.of())).isFalse();
  }
}
