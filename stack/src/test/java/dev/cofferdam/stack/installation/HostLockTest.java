// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.stack.process.StartFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostLockTest {
  @TempDir Path folder;

  @Test
  void isOneStartsUntilItGivesItBack() throws IOException {
    Path file = folder.resolve("lock");
    try (HostLock held = HostLock.take(file)) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> HostLock.take(file, Duration.ZERO))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("another start holds " + file);
    }
    HostLock.take(file, Duration.ZERO).close();
  }
}
