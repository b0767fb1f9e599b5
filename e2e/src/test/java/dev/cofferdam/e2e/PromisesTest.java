// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents name tests and files that exist. */
class PromisesTest {
  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern TEST =
      Pattern.compile("`([A-Z][A-Za-z]+(?:IT|Test))\\.([a-zA-Z0-9]+)`");
  private static final Pattern LINK = Pattern.compile("]\\((?!https?:|#)([^)#]+)(#[^)]*)?\\)");

  private static List<Path> files(String ending) throws IOException {
    try (Stream<Path> all = Files.walk(CHECKOUT)) {
      return all.filter(path -> path.toString().endsWith(ending))
          .filter(path -> !path.toString().matches(".*/(node_modules|target|dist|\\.[a-z]+)/.*"))
          .toList();
    }
  }

  private static Map<String, String> tests() throws IOException {
    return files(".java").stream()
        .filter(path -> path.toString().contains("/src/test/"))
        .collect(
            Collectors.toMap(
                path -> path.getFileName().toString().replace(".java", ""),
                PromisesTest::read,
                (one, other) -> one + other));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void everyPromiseNamesATestThatExists() throws IOException {
    Map<String, String> tests = tests();
    List<String> missing = new ArrayList<>();
    Matcher named = TEST.matcher(read(CHECKOUT.resolve("docs/promises.md")));
    int count = 0;
    for (; named.find(); count++) {
      String source = tests.getOrDefault(named.group(1), "");
      if (!source.contains(" " + named.group(2) + "(")) {
        missing.add(named.group());
      }
    }
    assertThat(missing).isEmpty();
    assertThat(count).isGreaterThan(50);
  }

  @Test
  void everyRowOfAPromiseHasATest() throws IOException {
    assertThat(read(CHECKOUT.resolve("docs/promises.md")).lines())
        .filteredOn(line -> line.startsWith("| ") && !line.startsWith("| sentence |"))
        .filteredOn(line -> !line.startsWith("| ---"))
        .allMatch(line -> TEST.matcher(line).find());
  }

  @Test
  void linksOfDocumentsLeadSomewhere() throws IOException {
    List<String> dead = new ArrayList<>();
    for (Path document : files(".md")) {
      Matcher link = LINK.matcher(read(document));
      while (link.find()) {
        if (Files.notExists(document.resolveSibling(link.group(1)))) {
          dead.add(CHECKOUT.relativize(document) + ": " + link.group(1));
        }
      }
    }
    assertThat(dead).isEmpty();
  }
}
