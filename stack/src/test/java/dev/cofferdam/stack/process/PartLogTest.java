// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartLogTest {
  @TempDir Path temporary;

  private PartLog after(String script) throws IOException, InterruptedException {
    PartLog log = new PartLog(temporary.resolve("part.log"));
    log.follow(new ProcessBuilder("sh", "-c", script).start(), "part").join();
    return log;
  }

  @Test
  void keepsTheLastTwentyLinesAndAllInTheFile() throws Exception {
    PartLog log = after("seq 1 50");
    assertThat(log.lastLines()).hasSize(20).startsWith("31").endsWith("50");
    assertThat(Files.readAllLines(temporary.resolve("part.log"))).hasSize(50);
  }

  @Test
  void movesAFullFileAside() throws Exception {
    after("head -c 9000000 /dev/zero | tr '\\0' 'x'; echo; echo new");
    assertThat(temporary.resolve("part.log.1")).exists();
    assertThat(Files.readAllLines(temporary.resolve("part.log"))).endsWith("new");
    assertThat(Files.size(temporary.resolve("part.log"))).isLessThan(1_000_000);
  }

  /** full(4): nothing can be written there. */
  @Test
  void aFullDiskEndsNeitherThePartNorItsLog() throws Exception {
    Files.createSymbolicLink(temporary.resolve("part.log"), Path.of("/dev/full"));
    assertThat(after("echo one; echo two").lastLines()).containsExactly("one", "two");
  }
}
