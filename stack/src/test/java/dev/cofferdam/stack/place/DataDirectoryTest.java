// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.stack.process.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
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
  void isNobodyElses() {
    boolean root = System.getProperty("user.name").equals("root");
    DataDirectory others = new DataDirectory(root ? foreign() : Path.of("/"));
    assertThatThrownBy(others::prepare)
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("belongs to another user");
  }

  private Path foreign() {
    try {
      Path made = Files.createDirectory(temporary.resolve("foreign"));
      Files.setAttribute(made, "unix:uid", 65534);
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void isOursToDestroyOnceItWasStarted() throws IOException {
    DataDirectory data = new DataDirectory(temporary);
    assertThat(data.isCofferdams()).isFalse();
    data.prepare();
    try (FileLock held = data.lock().orElseThrow()) {
      assertThat(held.isValid()).isTrue();
      assertThat(data.isCofferdams()).isTrue();
    }
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
