// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The user that servers run as when the test is root, because some refuse to be root: nobody. */
final class OtherUser {
  private static final int NOBODY = 65534;

  private OtherUser() {}

  static boolean isNeeded() {
    try {
      return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
    } catch (IOException e) {
      throw new TestkitException("who am I?", e);
    }
  }

  static List<String> options() {
    return isNeeded()
        ? List.of("--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups")
        : List.of();
  }

  static void give(Path file) throws IOException {
    if (isNeeded()) {
      Files.setAttribute(file, "unix:uid", NOBODY);
      Files.setAttribute(file, "unix:gid", NOBODY);
    }
  }
}
