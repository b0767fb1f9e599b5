// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.installation;

import dev.cofferdam.stack.process.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/** The installations of this host; under a lock, since several may be started at a time. */
public final class HostList {
  private final Path folder;
  private final IntPredicate exists;
  private final IntPredicate inUse;

  /**
   * In {@code /var/lib/cofferdam}; needs root.
   *
   * @param plainNames of the users that each installation has
   */
  public HostList(List<String> plainNames) {
    this(Path.of("/var/lib/cofferdam"), new InstalledUsers(new Accounts(), plainNames));
  }

  private HostList(Path folder, InstalledUsers users) {
    this(folder, users::exist, users::run);
  }

  /**
   * @param exists whether this host has a user of the installation of this number
   * @param inUse whether processes run as one of them
   */
  HostList(Path folder, IntPredicate exists, IntPredicate inUse) {
    this.folder = folder;
    this.exists = exists;
    this.inUse = inUse;
  }

  /**
   * Which one the data directory is: the one that it was, or else the first that nobody is.
   *
   * @param data real and absolute; nobody else starts it
   * @param older whether things are in there that a version without a list of installations has
   *     made: they belong to the users of the first one
   * @param settle makes its users; under the lock, before it is written into the data directory
   * @throws StartFailure if another one has its users, or all are taken
   */
  public Installation claim(Path data, boolean older, Consumer<Installation> settle)
      throws IOException {
    if (data.toString().chars().anyMatch(Character::isISOControl)) {
      throw new StartFailure("the data directory's path has a control character: rename it");
    }
    requireOurs();
    HostLock lock = HostLock.take(folder.resolve("lock"));
    try {
      return claimLocked(data, older, settle);
    } finally {
      lock.close();
    }
  }

  /** Its data directory was destroyed: another one may have its users, wherever that is. */
  public void release(Installation destroyed) throws IOException {
    requireOurs();
    HostLock lock = HostLock.take(folder.resolve("lock"));
    try {
      List<Entry> entries = read();
      entries.replaceAll(
          entry -> entry.installation().equals(destroyed) ? entry.released() : entry);
      write(entries);
    } finally {
      lock.close();
    }
  }

  private Installation claimLocked(Path data, boolean older, Consumer<Installation> settle)
      throws IOException {
    List<Entry> entries = read();
    Optional<Installation> known = Installation.of(data);
    Installation ours =
        known.isPresent() ? again(known.get(), data, entries) : anew(older, data, entries);
    entries.removeIf(entry -> entry.installation().equals(ours));
    entries.add(Entry.of(ours, data));
    write(entries);
    settle.accept(ours);
    if (known.isEmpty()) {
      ours.writeTo(data);
    }
    return ours;
  }

  private Installation again(Installation known, Path data, List<Entry> entries)
      throws IOException {
    if (entries.stream().noneMatch(entry -> entry.installation().equals(known))
        && inUse.test(known.number())) {
      throw new StartFailure(
          "the files in %s belong to users (installation %d) as whom something runs that is in no list of this host: stop that one"
              .formatted(data, known.number()));
    }
    for (Entry entry : List.copyOf(entries)) {
      boolean same = entry.installation().equals(known);
      if (same && entry.isThere() && !Files.isSameFile(entry.data(), data)) {
        throw new StartFailure(
            "%s is a copy of %s, and both would have the same users: remove that one, or set it aside by another name"
                .formatted(data, entry.data()));
      }
      if (!same && entry.installation().number() == known.number() && !forget(entry, entries)) {
        throw new StartFailure(
            "the files in %s belong to users that %s has on this host (installation %d): remove that one, with ./coffer reset, or start this one on another host"
                .formatted(data, entry.data(), known.number()));
      }
    }
    return known;
  }

  private Installation anew(boolean older, Path data, List<Entry> entries) throws IOException {
    // What a version without a list has made, and was not started since, has the plain names.
    boolean keepFirst =
        !older
            && entries.stream().noneMatch(entry -> entry.installation().number() == 1)
            && exists.test(1);
    for (Entry entry : List.copyOf(entries)) {
      forget(entry, entries);
    }
    int most = older ? 1 : Installation.MOST;
    for (int number = keepFirst ? 2 : 1; number <= most; number++) {
      if (isFree(number, entries)) {
        return new Installation(number, freshId());
      }
    }
    throw new StartFailure(
        older
            ? data
                + " was made by a version in which all installations had the same users, and another one has them: "
                + whose(1, entries)
            : "this host has users for %d installations, and all are taken: remove the lines of those that are gone for good from %s"
                .formatted(most, list()));
  }

  private boolean isFree(int number, List<Entry> entries) {
    return entries.stream().noneMatch(entry -> entry.installation().number() == number)
        && !inUse.test(number);
  }

  private static String whose(int number, List<Entry> entries) {
    return entries.stream()
        .filter(entry -> entry.installation().number() == number)
        .map(entry -> entry.data().toString())
        .findFirst()
        .orElse("one that runs and is in no list");
  }

  /** Whether it is gone, and the list without it. */
  private boolean forget(Entry entry, List<Entry> entries) throws IOException {
    boolean gone = entry.isGone() && !inUse.test(entry.installation().number());
    return gone && entries.remove(entry);
  }

  private static String freshId() {
    byte[] id = new byte[16];
    new SecureRandom().nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  private Path list() {
    return folder.resolve("installations");
  }

  private List<Entry> read() throws IOException {
    List<Entry> entries = new ArrayList<>();
    if (Files.exists(list(), LinkOption.NOFOLLOW_LINKS)) {
      for (String line : Files.readAllLines(list())) {
        entries.add(
            Entry.parse(line).orElseThrow(() -> new StartFailure(list() + " is damaged: " + line)));
      }
    }
    return entries;
  }

  private void write(List<Entry> entries) throws IOException {
    StringBuilder text = new StringBuilder();
    entries.forEach(entry -> text.append(entry.line()));
    WholeFile.write(list(), text.toString());
  }

  /** Whoever else could write there would say who has whose users. */
  private void requireOurs() throws IOException {
    if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
    Object us = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    Object owner = Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    int mode = (Integer) Files.getAttribute(folder, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    if (Files.isSymbolicLink(folder) || !owner.equals(us) || (mode & 0022) != 0) {
      throw new StartFailure(folder + " can be written to by others: it must be root's alone");
    }
  }
}
