// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Whether something runs as a user of an installation, or in one of its sandboxes. */
final class RunningUsers {
  private static final Path PROCESSES = Path.of("/proc");

  private final Accounts accounts;
  private final List<String> plainNames;

  /**
   * @param plainNames of the users that each installation has
   */
  RunningUsers(Accounts accounts, List<String> plainNames) {
    this.accounts = accounts;
    this.plainNames = List.copyOf(plainNames);
  }

  boolean run(int number) {
    try {
      List<Accounts.Ids> ids = idsOf(number);
      return !ids.isEmpty() && anyOf(ids);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Accounts.Ids> idsOf(int number) throws IOException {
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
