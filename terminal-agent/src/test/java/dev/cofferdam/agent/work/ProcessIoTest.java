// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessIoTest {
  @TempDir Path folder;

  @Test
  void growsByWhatIsRead() throws IOException {
    ProcessIo own = new ProcessIo(ProcessHandle.current().pid());
    Path file = folder.resolve("file");
    Files.write(file, new byte[100_000]);
    ProcessIo.Amount before = own.get().orElseThrow();

    assertThat(Files.readAllBytes(file)).hasSize(100_000);

    ProcessIo.Amount after = own.get().orElseThrow();
    assertThat(after.bytes() - before.bytes()).isGreaterThanOrEqualTo(100_000);
    assertThat(after.calls()).isGreaterThan(before.calls());
  }

  @Test
  void growsByWhatIsWritten() throws IOException {
    ProcessIo own = new ProcessIo(ProcessHandle.current().pid());
    long before = own.written().orElseThrow();

    Files.write(folder.resolve("file"), new byte[100_000]);

    assertThat(own.written().orElseThrow() - before).isGreaterThanOrEqualTo(100_000);
  }

  @Test
  void isNothingOfAProcessThatIsNot() {
    assertThat(new ProcessIo(Integer.MAX_VALUE).get()).isEmpty();
    assertThat(new ProcessIo(Integer.MAX_VALUE).written()).isEmpty();
  }
}
