// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.mount;

import dev.cofferdam.identity.WorkspaceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that only the right key decrypts to the workspace's own id; out of the user's reach. */
final class Canary {
  private final Path file;
  private final String content;

  Canary(Path plain, WorkspaceId workspace) {
    file = plain.resolve("canary");
    content = "cofferdam-canary-v1 " + workspace + "\n";
  }

  /** Written at the first opening only, whole or not at all; a missing one later is damage. */
  void check(boolean firstOpen) throws MountRefused {
    try {
      if (firstOpen && Files.notExists(file)) {
        Path half = file.resolveSibling("canary.half");
        Files.writeString(half, content);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
      }
      if (!Files.readString(file).equals(content)) {
        throw new MountRefused("wrong-key", "the canary decrypts to something else");
      }
    } catch (IOException e) {
      throw new MountRefused("damaged", "the workspace is damaged: its canary can't be read", e);
    }
  }
}
