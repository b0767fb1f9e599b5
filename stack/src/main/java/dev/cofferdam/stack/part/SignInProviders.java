// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import dev.cofferdam.stack.process.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The file that describes where else one can sign in. It holds secrets, so nobody else may read it,
 * and auth-service gets its text on standard input and not the file, which belongs to us.
 */
final class SignInProviders {
  private static final Set<PosixFilePermission> FOR_OWNER =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  /** In base64 it fits in the line that is handed over. */
  private static final int LARGEST_BYTES = 32 * 1024;

  private SignInProviders() {}

  /** auth-service's setting, read anew for each start of it; none without a file. */
  static Map<String, String> handed(Optional<Path> file) {
    return file.map(f -> Map.of("coffer.providers.handed", text(f))).orElse(Map.of());
  }

  private static String text(Path file) {
    try {
      if (!FOR_OWNER.containsAll(Files.getPosixFilePermissions(file))) {
        throw new StartFailure("others may use " + file + ", which holds secrets: chmod 600 it");
      }
      if (Files.size(file) > LARGEST_BYTES) {
        throw new StartFailure(file + " is larger than 32 KiB: take out what is no provider");
      }
      byte[] bytes = Files.readAllBytes(file);
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      Arrays.fill(bytes, (byte) 0);
      return text;
    } catch (IOException e) {
      throw new StartFailure(file + " can't be read: name another with --providers");
    }
  }
}
