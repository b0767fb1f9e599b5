// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a service's sources read is in its list: else a start would refuse what it has. */
class SourcesTest {
  private static final Pattern ONE = Pattern.compile("@ConfigProperty\\(\\s*name = \"([^\"]+)\"");
  private static final Pattern MAPPING =
      Pattern.compile("@ConfigMapping\\(prefix = \"(coffer\\.[a-z-]+)\"\\)");
  private static final Pattern PROPERTY = Pattern.compile("\"(coffer\\.[a-z.-]+)\"");
  private static final Pattern METHOD = Pattern.compile("^  [A-Za-z<>]+ ([a-zA-Z]+)\\(\\);", 8);

  @ParameterizedTest
  @ValueSource(
      strings = {"auth-service", "session-service", "workspace-service", "terminal-gateway"})
  void listsWhatIsRead(String service) throws IOException {
    List<String> read = sources(service).stream().flatMap(s -> readIn(s).stream()).toList();
    assertThat(read).filteredOn(key -> key.startsWith("coffer.")).isNotEmpty();
    assertThat(KnownSettings.of(service).complaint(new TreeSet<>(read))).isEmpty();
  }

  /** System properties, each named in full where it is read. */
  @Test
  void listsWhatAnAgentReads() throws IOException {
    Set<String> read = new TreeSet<>();
    sources("terminal-agent").forEach(source -> read.addAll(found(PROPERTY, source)));
    assertThat(read).contains("coffer.sandbox.id", "coffer.limit.processes");
    assertThat(KnownSettings.of("terminal-agent").complaint(read)).isEmpty();
  }

  private static List<String> sources(String part) throws IOException {
    List<String> sources = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("../..", part, "src/main/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        sources.add(Files.readString(file));
      }
    }
    return sources;
  }

  private static List<String> readIn(String source) {
    List<String> keys = new ArrayList<>(found(ONE, source));
    for (String prefix : found(MAPPING, source)) {
      found(METHOD, source).forEach(method -> keys.add(prefix + "." + kebab(method)));
    }
    return keys;
  }

  private static List<String> found(Pattern pattern, String source) {
    return pattern.matcher(source).results().map((MatchResult match) -> match.group(1)).toList();
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
