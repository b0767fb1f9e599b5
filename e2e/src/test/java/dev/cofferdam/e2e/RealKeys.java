// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The keys that workspaces really have, out of the database's files and a copy of Vault. */
final class RealKeys {
  private static final Pattern WRAPPED = Pattern.compile("vault:v\\d+:[A-Za-z0-9+/]+=*");
  private static final int KEY_BYTES = 32;

  private RealKeys() {}

  /** In the order of the workspaces, which have just been made. */
  static List<byte[]> of(Coffer coffer, List<String> workspaces) throws IOException {
    List<byte[]> keys = new ArrayList<>();
    Set<String> wrapped = new LinkedHashSet<>();
    try (VaultCopy vault = VaultCopy.of(coffer)) {
      for (String workspace : workspaces) {
        byte[] key =
            Await.value(
                "the wrapped key on the disk",
                Duration.ofSeconds(10),
                () -> unwrap(coffer, vault, workspace, wrapped));
        assertThat(key).hasSize(KEY_BYTES);
        keys.add(key);
      }
    }
    return keys;
  }

  /** Reads the disk again only for one that it has not seen. */
  private static Optional<byte[]> unwrap(
      Coffer coffer, VaultCopy vault, String workspace, Set<String> wrapped) {
    Optional<byte[]> known =
        wrapped.stream().flatMap(key -> vault.unwrap(workspace, key).stream()).findFirst();
    if (known.isEmpty()) {
      wrapped.addAll(wrappedKeys(coffer));
    }
    return known;
  }

  /** PostgreSQL writes text as it is, into its log at the latest when it acknowledges. */
  private static Set<String> wrappedKeys(Coffer coffer) {
    Set<String> found = new LinkedHashSet<>();
    for (Path file : Trees.files(coffer.data().resolve("postgres"))) {
      try {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        WRAPPED.matcher(text).results().forEach(match -> found.add(match.group()));
      } catch (IOException e) {
        // Gone between the list and the look.
        continue;
      }
    }
    return found;
  }
}
