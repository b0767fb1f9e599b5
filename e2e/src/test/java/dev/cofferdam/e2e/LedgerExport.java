// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The whole audit ledger as it came through the public door, and the key that it is checked by. */
record LedgerExport(Path file, Path key) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static LedgerExport taken(ApiClient owner, Path folder) {
    return new LedgerExport(
        written(folder.resolve("audit.jsonl"), body(owner, "/api/audit/export")),
        written(folder.resolve("key.pem"), body(owner, "/api/audit/key")));
  }

  private static byte[] body(ApiClient owner, String path) {
    Reply reply = owner.send(owner.get(path));
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    assertThat(reply.header("content-disposition")).isPresent();
    return reply.body();
  }

  private static Path written(Path file, byte[] bytes) {
    try {
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same with other lines, in a file beside it. */
  LedgerExport with(List<String> lines) {
    byte[] text = (String.join("\n", lines) + "\n").getBytes(UTF_8);
    return new LedgerExport(written(file.resolveSibling("edited.jsonl"), text), key);
  }

  List<String> lines() {
    try {
      return Files.readAllLines(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without the signed heads that stand between them. */
  List<JsonNode> entries() {
    List<JsonNode> entries = new ArrayList<>();
    try {
      for (String line : lines()) {
        JsonNode read = JSON.readTree(line);
        if (read.path("type").asText().equals("entry")) {
          entries.add(read);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entries;
  }

  Command.Result verify() {
    return new Command("audit", "verify", file.toString(), "--key", key.toString()).run();
  }
}
