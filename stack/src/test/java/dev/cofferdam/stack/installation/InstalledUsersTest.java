// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs is this test itself. */
class InstalledUsersTest {
  private static final long NOBODYS = 3_900_000_000L;

  @TempDir Path folder;

  private long us;
  private InstalledUsers users;

  @BeforeEach
  void twoUsersOfEachInstallation() throws IOException {
    us = ((Number) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).longValue();
    users = new InstalledUsers(new Accounts(folder), List.of("part", "box"));
  }

  private void passwd(String... lines) throws IOException {
    Files.write(folder.resolve("passwd"), List.of(lines));
  }

  @Test
  void seesAPart() throws IOException {
    passwd("part:x:" + us + ":1::/:/bin/sh", "part-2:x:" + NOBODYS + ":1::/:/bin/sh");
    assertThat(users.run(1)).isTrue();
    assertThat(users.run(2)).isFalse();
    assertThat(users.run(3)).isFalse();
  }

  @Test
  void seesASandbox() throws IOException {
    Files.writeString(
        folder.resolve("subuid"), "box-2:" + us + ":8\nbox-3:" + (NOBODYS - 8) + ":8\n");
    passwd("box-2:x:" + NOBODYS + ":1::/:/bin/sh", "box-3:x:" + NOBODYS + ":1::/:/bin/sh");
    assertThat(users.run(2)).isTrue();
    assertThat(users.run(3)).isFalse();
  }
}
