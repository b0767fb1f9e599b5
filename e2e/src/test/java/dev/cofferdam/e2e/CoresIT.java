// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a crash of a part would write down, core(5). */
@ExtendWith(SharedCoffer.class)
class CoresIT {
  /** A JVM adds them by itself: mapped files, which its heap is not. */
  private static final int MAPPED_FILES = 0xc;

  @Test
  void noMemoryOfAPartIsInACore(Coffer coffer) throws IOException {
    assertThat(coffer.parts()).hasSizeGreaterThan(5);
    for (Coffer.Part part : coffer.parts()) {
      Path filter = Path.of("/proc/" + part.pid() + "/coredump_filter");
      int dumped = Integer.parseInt(Files.readString(filter).strip(), 16);
      assertThat(dumped & ~MAPPED_FILES).as(part.name()).isZero();
    }
  }
}
