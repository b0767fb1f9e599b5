// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.uids;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Uids and gids that a user may map into user namespaces of his (subuid(5), subgid(5)).
 *
 * @param first the first id, the same for uids and gids
 * @param count how many
 */
public record SubordinateRange(long first, long count) {
  /** Below this, ids belong to the system and to people. */
  private static final long LOWEST = 65_536;

  private static final long HIGHEST = 0xffff_fffeL;

  public SubordinateRange {
    if (first < LOWEST || count < 1 || first + count - 1 > HIGHEST) {
      throw new IllegalArgumentException("a subordinate range of " + count + " from " + first);
    }
  }

  /**
   * What this user has been given: the part that is in both files.
   *
   * @param name the user's name
   * @param uid his number, by which a line may name him too
   */
  public static Optional<SubordinateRange> of(String name, long uid, Path subuid, Path subgid)
      throws IOException {
    List<SubordinateRange> gids = read(subgid, name, uid);
    return read(subuid, name, uid).stream()
        .flatMap(uids -> gids.stream().flatMap(other -> uids.intersect(other).stream()))
        .max(Comparator.comparingLong(SubordinateRange::count));
  }

  public boolean contains(long id, int length) {
    return id >= first && id + length <= first + count;
  }

  private Optional<SubordinateRange> intersect(SubordinateRange other) {
    long from = Math.max(first, other.first);
    long to = Math.min(first + count, other.first + other.count);
    return from < to ? Optional.of(new SubordinateRange(from, to - from)) : Optional.empty();
  }

  private static List<SubordinateRange> read(Path file, String name, long uid) throws IOException {
    try {
      return Files.readAllLines(file).stream()
          .map(line -> line.strip().split(":", -1))
          .filter(f -> f.length == 3 && (f[0].equals(name) || f[0].equals(Long.toString(uid))))
          .flatMap(f -> parse(f[1], f[2]).stream())
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private static Optional<SubordinateRange> parse(String first, String count) {
    try {
      return Optional.of(new SubordinateRange(Long.parseLong(first), Long.parseLong(count)));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // newuidmap(1) passes over such lines too
    }
  }
}
