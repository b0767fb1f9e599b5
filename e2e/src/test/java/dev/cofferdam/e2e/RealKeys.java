// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
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
  private static final int KEY_BYTES = 32;

  /** Behind a nonce, before a tag. */
  private static final int WRAPPED_BYTES = 12 + KEY_BYTES + 16;

  /** No longer than it is: the next column's first byte may be a letter. */
  private static final Pattern WRAPPED =
      Pattern.compile("vault:v\\d+:[A-Za-z0-9+/]{%d}".formatted(WRAPPED_BYTES / 3 * 4));

  /** Of PostgreSQL's write-ahead log, whose pages have a header each, the first a longer one. */
  private static final int PAGE_BYTES = 8192;

  private static final int HEADER_BYTES = 24;
  private static final int FIRST_HEADER_BYTES = 40;

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
                Duration.ofSeconds(30),
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
    Optional<byte[]> known = unwrap(vault, workspace, wrapped);
    if (known.isEmpty()) {
      Set<String> found = wrappedKeys(coffer);
      found.removeAll(wrapped);
      wrapped.addAll(found);
      known = unwrap(vault, workspace, found);
    }
    return known;
  }

  private static Optional<byte[]> unwrap(VaultCopy vault, String workspace, Set<String> wrapped) {
    return wrapped.stream().flatMap(key -> vault.unwrap(workspace, key).stream()).findFirst();
  }

  /** PostgreSQL writes text as it is, into its log at the latest when it acknowledges. */
  private static Set<String> wrappedKeys(Coffer coffer) {
    Set<String> found = new LinkedHashSet<>();
    for (Path file : Trees.files(coffer.data().resolve("postgres"))) {
      try {
        byte[] bytes = Files.readAllBytes(file);
        boolean isLog = file.getParent().endsWith("pg_wal");
        String text =
            new String(isLog ? withoutHeaders(bytes) : bytes, StandardCharsets.ISO_8859_1);
        WRAPPED.matcher(text).results().forEach(match -> found.add(match.group()));
      } catch (IOException e) {
        // Gone between the list and the look.
        continue;
      }
    }
    return found;
  }

  /** A row may begin on one page and end on the next. */
  private static byte[] withoutHeaders(byte[] log) {
    ByteArrayOutputStream rows = new ByteArrayOutputStream(log.length);
    for (int page = 0; page < log.length; page += PAGE_BYTES) {
      int start = page + (page == 0 ? FIRST_HEADER_BYTES : HEADER_BYTES);
      int end = Math.min(page + PAGE_BYTES, log.length);
      rows.write(log, Math.min(start, end), end - Math.min(start, end));
    }
    return rows.toByteArray();
  }
}
