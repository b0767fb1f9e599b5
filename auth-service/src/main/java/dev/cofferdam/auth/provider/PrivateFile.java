// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Reads a file that nobody but its owner may read. */
final class PrivateFile {
  private static final Set<PosixFilePermission> FOR_OWNER =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private PrivateFile() {}

  static String read(Path file) {
    try {
      if (!FOR_OWNER.containsAll(Files.getPosixFilePermissions(file))) {
        throw new Misconfigured(
            "coffer.providers.file", "others may use " + file + "; run chmod 600 " + file);
      }
      if (Files.size(file) > ProvidersFile.LARGEST_CHARACTERS) {
        throw new Misconfigured("coffer.providers.file", file + " is larger than 64 KiB");
      }
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new Misconfigured(
          "coffer.providers.file", file + " can't be read as text; check path, owner and encoding");
    }
  }
}
