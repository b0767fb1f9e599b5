// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.installation;

import dev.cofferdam.stack.process.StartFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The users of an installation, as this host has them. */
final class InstalledUsers {
  private static final Path PROCESSES = Path.of("/proc");

  private final Accounts accounts;
  private final List<String> plainNames;

  /**
   * @param plainNames of the users that each installation has
   */
  InstalledUsers(Accounts accounts, List<String> plainNames) {
    this.accounts = accounts;
    this.plainNames = List.copyOf(plainNames);
  }

  /** Whether there is one. */
  boolean exist(int number) {
    return !idsOf(number).isEmpty();
  }

  /** Whether something runs as one of them, or in a sandbox. */
  boolean run(int number) {
    List<Accounts.Ids> ids = idsOf(number);
    try {
      return !ids.isEmpty() && anyOf(ids);
    } catch (IOException e) {
      throw new StartFailure("who runs what could not be read: " + e.getMessage());
    }
  }

  private List<Accounts.Ids> idsOf(int number) {
    List<Accounts.Ids> ids = new ArrayList<>();
    for (String plain : plainNames) {
      String user = Installation.name(number, plain);
      accounts.uidOf(user).ifPresent(uid -> ids.add(new Accounts.Ids(user, uid, uid + 1)));
      accounts.subordinate().stream().filter(of -> of.owner().equals(user)).forEach(ids::add);
    }
    return ids;
  }

  private static boolean anyOf(List<Accounts.Ids> ids) throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
      for (Path process : all) {
        OptionalLong uid = uidOf(process);
        if (uid.isPresent() && ids.stream().anyMatch(of -> of.contains(uid.getAsLong()))) {
          return true;
        }
      }
      return false;
    }
  }

  /** Of its status: the directory of a process that must not be dumped is root's. */
  private static OptionalLong uidOf(Path process) {
    try {
      return Files.readAllLines(process.resolve("status"), StandardCharsets.ISO_8859_1).stream()
          .filter(line -> line.startsWith("Uid:"))
          .mapToLong(line -> Long.parseLong(line.split("\\s+")[1]))
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty(); // it has ended meanwhile
    }
  }
}
