// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No problem leaves a service that docs/api/problems.md does not explain. */
class ProblemsTest {
  private static final Path ROOT = Path.of("../..");

  /** {@code Problem.of("word", 400, …)} and every call of the same form. */
  private static final Pattern MADE = Pattern.compile("\"([a-z][a-z-]{3,})\",\\s*([45]\\d\\d),");

  private final ProblemCatalogue catalogue = read();

  private static ProblemCatalogue read() {
    try {
      return ProblemCatalogue.read(ROOT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyProblemThatCodeMakesIsExplainedWithItsStatus() throws IOException {
    List<String> made = made();
    assertThat(made).as("the pattern still finds them").hasSizeGreaterThan(30);
    assertThat(made)
        .as("docs/api/problems.md: add a row")
        .allSatisfy(
            problem -> {
              String[] parts = problem.split(" ", -1);
              assertThat(catalogue.has(parts[0], Integer.parseInt(parts[1]))).as(problem).isTrue();
            });
  }

  private static List<String> made() throws IOException {
    try (Stream<Path> files = Files.find(ROOT, 20, (file, about) -> isSource(file))) {
      return files
          .flatMap(file -> MADE.matcher(text(file)).results())
          .map((MatchResult match) -> match.group(1) + " " + match.group(2))
          .distinct()
          .toList();
    }
  }

  private static boolean isSource(Path file) {
    return file.toString().contains("/src/main/java/") && file.toString().endsWith(".java");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aWordHasOneRow() {
    assertThat(catalogue.entries())
        .extracting(ProblemCatalogue.Entry::slug)
        .doesNotHaveDuplicates();
  }
}
