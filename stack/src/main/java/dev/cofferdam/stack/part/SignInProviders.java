// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * The file that describes where else one can sign in. It holds secrets, so nobody else may read it,
 * and auth-service gets its text on standard input and not the file, which belongs to us.
 */
final class SignInProviders {
  private SignInProviders() {}

  /** auth-service's setting, read anew for each start of it; none without a file. */
  static Map<String, String> handed(Optional<Path> file) {
    return file.map(f -> Map.of("coffer.providers.handed", text(f))).orElse(Map.of());
  }

  private static String text(Path file) {
    byte[] bytes = OwnersFile.read(file, "--providers");
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Arrays.fill(bytes, (byte) 0);
    return text;
  }
}
