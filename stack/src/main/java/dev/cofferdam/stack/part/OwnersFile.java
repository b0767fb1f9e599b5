// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import dev.cofferdam.stack.process.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** A file with settings and secrets in it, which nobody else may read. */
final class OwnersFile {
  private static final Set<PosixFilePermission> FOR_OWNER =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  /** In base64 it fits in the line that is handed over. */
  private static final int LARGEST_BYTES = 32 * 1024;

  private OwnersFile() {}

  /**
   * @param option that names another file
   * @throws StartFailure with one line that says what to do
   */
  static byte[] read(Path file, String option) {
    try {
      if (!FOR_OWNER.containsAll(Files.getPosixFilePermissions(file))) {
        throw new StartFailure("others may use " + file + ", which holds secrets: chmod 600 it");
      }
      if (Files.size(file) > LARGEST_BYTES) {
        throw new StartFailure(
            file + " is larger than 32 KiB: take out what does not belong there");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new StartFailure(file + " can't be read: name another with " + option);
    }
  }
}
