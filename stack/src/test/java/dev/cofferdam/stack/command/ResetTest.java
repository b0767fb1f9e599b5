// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResetTest {
  @Test
  void destroysWhatALinkLeadsTo(@TempDir Path dir) throws IOException {
    Path real = Files.createDirectory(dir.resolve("elsewhere"));
    Files.writeString(Files.createDirectory(real.resolve("vault")).resolve("raft"), "keys");
    Path link = Files.createSymbolicLink(dir.resolve("cofferdam"), real);

    Commands.destroy(link);

    assertThat(real).doesNotExist();
    assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void destroysADirectory(@TempDir Path dir) throws IOException {
    Path data = Files.createDirectory(dir.resolve("cofferdam"));
    Files.writeString(data.resolve("lock"), "");

    Commands.destroy(data);

    assertThat(data).doesNotExist();
  }
}
