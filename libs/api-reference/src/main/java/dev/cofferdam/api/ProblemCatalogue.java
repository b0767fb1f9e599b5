// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** docs/api/problems.md. */
record ProblemCatalogue(List<Entry> entries) {
  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z-]+)` \\| (\\d{3}) \\| ([^|]+) \\| ([^|]+) \\|");

  /** One row: what a type means and what to do about it. */
  record Entry(String slug, int status, String meaning, String remedy) {}

  /** Of the project below this root. */
  static ProblemCatalogue read(Path root) throws IOException {
    try (Stream<String> lines = Files.lines(root.resolve("docs/api/problems.md"))) {
      return new ProblemCatalogue(
          lines
              .map(ROW::matcher)
              .filter(row -> row.matches())
              .map(
                  row ->
                      new Entry(
                          row.group(1),
                          Integer.parseInt(row.group(2)),
                          row.group(3).strip(),
                          row.group(4).strip()))
              .toList());
    }
  }

  boolean has(String slug) {
    return entries.stream().anyMatch(entry -> entry.slug().equals(slug));
  }

  boolean has(String slug, int status) {
    return entries.stream()
        .anyMatch(entry -> entry.slug().equals(slug) && entry.status() == status);
  }
}
