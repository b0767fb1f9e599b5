// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.installation;

import dev.cofferdam.stack.process.StartFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Users and subordinate ids of this host, as its files have them: passwd(5), subuid(5), subgid(5).
 */
public final class Accounts {
  /** For 65 536 workspaces. */
  static final long BOX_IDS = 65_536L * 8;

  private static final long LOWEST_BOX_ID = 1_000_000_000L;
  private static final long HIGHEST_ID = 0xffff_fffeL;

  private final Path folder;

  public Accounts() {
    this(Path.of("/etc"));
  }

  Accounts(Path folder) {
    this.folder = folder;
  }

  /**
   * A line of subuid(5) or subgid(5).
   *
   * @param first the first id
   * @param end the id behind the last one
   */
  public record Ids(String owner, long first, long end) {
    boolean contains(long id) {
      return first <= id && id < end;
    }

    boolean touches(Ids other) {
      return first < other.end && other.first < end;
    }
  }

  public OptionalLong uidOf(String user) {
    return lines("passwd").stream()
        .map(line -> line.split(":", -1))
        .filter(f -> f.length > 2 && f[0].equals(user) && f[2].matches("[0-9]{1,10}"))
        .mapToLong(f -> Long.parseLong(f[2]))
        .findFirst();
  }

  /** Subordinate uids and gids of everybody. */
  List<Ids> subordinate() {
    return Stream.concat(lines("subuid").stream(), lines("subgid").stream())
        .flatMap(line -> parse(line).stream())
        .toList();
  }

  private static Optional<Ids> parse(String line) {
    String[] f = line.strip().split(":", -1);
    if (f.length != 3 || !f[1].matches("[0-9]{1,10}") || !f[2].matches("[0-9]{1,10}")) {
      return Optional.empty(); // newuidmap(1) passes over such lines too
    }
    long first = Long.parseLong(f[1]);
    return Optional.of(new Ids(f[0], first, first + Long.parseLong(f[2])));
  }

  /** Whether this user has subordinate uids and gids. */
  public boolean hasSubordinate(String user) {
    return lines("subuid").stream().anyMatch(line -> line.startsWith(user + ":"))
        && lines("subgid").stream().anyMatch(line -> line.startsWith(user + ":"));
  }

  /**
   * Ids for another user, behind all that are given away.
   *
   * @throws StartFailure if there are none
   */
  public Ids free(String user) {
    long behind = subordinate().stream().mapToLong(Ids::end).max().orElse(0);
    long first = Math.max(LOWEST_BOX_ID, behind);
    if (first + BOX_IDS - 1 > HIGHEST_ID) {
      throw new StartFailure(
          "no %d ids are left behind those in %s and %s"
              .formatted(BOX_IDS, folder.resolve("subuid"), folder.resolve("subgid")));
    }
    return new Ids(user, first, first + BOX_IDS);
  }

  /**
   * No id of this user's may be another's as well: sandboxes of both could be the same uid.
   *
   * @throws StartFailure if one is, or if the user has none
   */
  public void requireOwn(String user) {
    if (!hasSubordinate(user)) {
      throw new StartFailure(user + " has no ids of its own in " + folder.resolve("subuid"));
    }
    String number = uidOf(user).stream().mapToObj(Long::toString).findFirst().orElse(user);
    List<Ids> all = subordinate();
    for (Ids ours : all) {
      boolean our = ours.owner().equals(user) || ours.owner().equals(number);
      all.stream()
          .filter(ids -> our && !ids.owner().equals(user) && !ids.owner().equals(number))
          .filter(ours::touches)
          .findFirst()
          .ifPresent(
              other -> {
                throw new StartFailure(
                    "%s and %s have ids in common in %s or %s, and sandboxes of both could be the same user: change the line of one of them"
                        .formatted(
                            user,
                            other.owner(),
                            folder.resolve("subuid"),
                            folder.resolve("subgid")));
              });
    }
  }

  /** Of any bytes: names in comments are not always in UTF-8. */
  private List<String> lines(String file) {
    try {
      return Files.readAllLines(folder.resolve(file), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new StartFailure(folder.resolve(file) + " can't be read: " + e.getMessage());
    }
  }
}
