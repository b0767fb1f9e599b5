// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.command;

import dev.cofferdam.stack.process.ShortCommand;
import dev.cofferdam.stack.process.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Removes a data directory, also what belongs to the uids of workspaces. */
final class Removal {
  private Removal() {}

  static void of(Path root) {
    if (!System.getProperty("user.name").equals("root")) {
      removeAsMappedRoot(root.resolve("sandbox"));
    }
    ShortCommand.require("rm", "-rf", "--one-file-system", root.toString());
  }

  /** Without root, files of subordinate uids can be removed in a user namespace that maps them. */
  private static void removeAsMappedRoot(Path tree) {
    if (Files.notExists(tree)) {
      return;
    }
    String user = System.getProperty("user.name");
    try {
      boolean mapped =
          Files.exists(Path.of("/etc/subuid"))
              && Files.readAllLines(Path.of("/etc/subuid")).stream()
                  .anyMatch(line -> line.startsWith(user + ":"));
      if (mapped) {
        ShortCommand.require(
            "unshare", "--user", "--map-auto", "--map-root-user", "rm", "-rf", "--", "" + tree);
      }
    } catch (IOException e) {
      throw new StartFailure("/etc/subuid can't be read", e);
    }
  }
}
