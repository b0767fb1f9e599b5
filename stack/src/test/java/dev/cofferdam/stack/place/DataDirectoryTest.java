// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path temporary;

  @Test
  void isClosedToOthersEvenIfItWasOpen() throws IOException {
    Path root = Files.createDirectory(temporary.resolve("data"));
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    DataDirectory data = new DataDirectory(root);
    data.prepare();
    assertThat(Files.getPosixFilePermissions(root))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(Files.getPosixFilePermissions(data.logs()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void hasOneHolder() throws IOException {
    DataDirectory data = new DataDirectory(temporary);
    data.prepare();
    try (FileLock held = data.lock().orElseThrow()) {
      assertThat(held.isValid()).isTrue();
      assertThat(data.lock()).isEmpty();
    }
  }
}
