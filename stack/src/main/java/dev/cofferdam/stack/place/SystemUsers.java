// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.place;

import dev.cofferdam.stack.process.ShortCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Makes the parts' system users on a machine that does not have them, useradd(8), subuid(5). */
final class SystemUsers {
  private static final long BOX_UIDS = 65_536L * 8;
  private static final long LOWEST_BOX_UID = 1_000_000_000L;
  private static final Path PASSWD = Path.of("/etc/passwd");
  private static final Path SUBUID = Path.of("/etc/subuid");
  private static final Path SUBGID = Path.of("/etc/subgid");

  private SystemUsers() {}

  static void ensure() throws IOException {
    for (PartUser user : PartUser.ALL) {
      if (!names(PASSWD).contains(user.name())) {
        ShortCommand.require(
            "useradd",
            "--system",
            "--user-group",
            "--no-create-home",
            "--home-dir",
            "/nonexistent",
            "--shell",
            "/usr/sbin/nologin",
            user.name());
      }
    }
    String sandbox = PartUser.SANDBOX.name();
    // A box's directory may be passed by the group of sandbox-host: the gateway goes to its agent.
    ShortCommand.require("usermod", "--append", "--groups", sandbox, PartUser.GATEWAY.name());
    if (!names(SUBUID).contains(sandbox) || !names(SUBGID).contains(sandbox)) {
      long first = Math.max(LOWEST_BOX_UID, Math.max(end(SUBUID), end(SUBGID)));
      String range = first + "-" + (first + BOX_UIDS - 1);
      ShortCommand.require("usermod", "--add-subuids", range, "--add-subgids", range, sandbox);
    }
  }

  private static List<String> names(Path file) throws IOException {
    return lines(file).stream().map(line -> line.split(":", 2)[0]).toList();
  }

  /** The first id behind all ranges that are given away. */
  private static long end(Path file) throws IOException {
    return lines(file).stream()
        .map(line -> line.strip().split(":", -1))
        .filter(f -> f.length == 3 && f[1].matches("[0-9]{1,10}") && f[2].matches("[0-9]{1,10}"))
        .mapToLong(f -> Long.parseLong(f[1]) + Long.parseLong(f[2]))
        .max()
        .orElse(0);
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}
