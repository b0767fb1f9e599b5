// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.mount;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.cofferdam.identity.WorkspaceId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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
        write(half);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
      }
      if (!Files.readString(file).equals(content)) {
        throw new MountRefused("wrong-key", "the canary decrypts to something else");
      }
    } catch (IOException e) {
      throw new MountRefused("damaged", "the workspace is damaged: its canary can't be read", e);
    }
  }

  /**
   * It must be on the disk before its name is: an empty one would look like a wrong key for good.
   */
  private void write(Path half) throws IOException {
    try (FileChannel channel = FileChannel.open(half, CREATE, TRUNCATE_EXISTING, WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }
}
