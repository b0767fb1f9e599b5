// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessTableTest {
  /** A line of a real process but for pid, name, parent, ticks and pages. */
  private static final String LINE =
      "%d (%s) S %d 1 1 0 -1 4194560 1 2 3 4 %d %d %d %d 20 0 1 0 17 9000000 %d 18446744073709551615"
          + " 1 1 0 0 0 0 0 4096 0 0 0 0 17 1 0 0 0 0 0\n";

  @TempDir Path proc;

  private void add(long pid, String name, long parent, long ticks, long pages) throws IOException {
    Path directory = Files.createDirectory(proc.resolve(Long.toString(pid)));
    String line = LINE.formatted(pid, name, parent, ticks, ticks, ticks, ticks, pages);
    Files.writeString(directory.resolve("stat"), line, StandardCharsets.ISO_8859_1);
  }

  @Test
  void addsUpAllThatIsBelowAProcessAndNothingElse() throws IOException {
    add(1, "init", 0, 1000, 1000);
    add(10, "bwrap", 1, 1, 1);
    add(11, "java", 10, 2, 20);
    add(12, "bash", 11, 3, 300);
    add(20, "bwrap", 1, 1000, 1000);
    Files.createDirectory(proc.resolve("sys"));

    assertThat(ProcessTable.read(proc).below(10))
        .contains(new ProcessUse(321 * 4096, 4 * 6 * 10_000));
    assertThat(ProcessTable.read(proc).below(12))
        .contains(new ProcessUse(300 * 4096, 4 * 3 * 10_000));
  }

  @Test
  void isNotMisledByNames() throws IOException {
    add(1, "init", 0, 0, 1);
    add(2, ") S 1 (x) R 1 1", 1, 1, 2);
    add(3, "gr\u00fc\u00df", 2, 1, 4);

    assertThat(ProcessTable.read(proc).below(2)).contains(new ProcessUse(6 * 4096, 80_000));
  }

  @Test
  void knowsNothingOfAProcessThatIsGone() throws IOException {
    add(1, "init", 0, 0, 1);
    Files.createDirectory(proc.resolve("2"));

    assertThat(ProcessTable.read(proc).below(2)).isEmpty();
  }

  @Test
  void findsItselfOnThisHost() {
    assertThat(ProcessTable.read(Path.of("/proc")).below(ProcessHandle.current().pid()))
        .hasValueSatisfying(
            use -> {
              assertThat(use.residentBytes()).isGreaterThan(10_000_000);
              assertThat(use.cpuMicros()).isPositive();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1 (x", "1 (x) S 1", "x) 1 (y", "1 (x) S y 1 1 0 -1"})
  void takesNothingElseForALine(String line) {
    assertThat(StatLine.parse(line)).isEmpty();
  }
}
