// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Who runs sandbox-host: started as root, a system user of its own with subordinate uids, made if
 * missing; else whoever runs the tests.
 */
public record SandboxUser(String name, boolean own) {
  private static final String NAME = "coffer-sandbox";
  private static final String RANGE = "524288-1048575";

  public static SandboxUser prepare() {
    String me = System.getProperty("user.name");
    if (!me.equals("root")) {
      return new SandboxUser(me, false);
    }
    if (Command.status("getent", "passwd", NAME) != 0) {
      Command.require("useradd", "--system", "--shell", "/usr/sbin/nologin", NAME);
    }
    if (!isIn("/etc/subuid") || !isIn("/etc/subgid")) {
      Command.require("usermod", "--add-subuids", RANGE, "--add-subgids", RANGE, NAME);
    }
    return new SandboxUser(NAME, true);
  }

  private static boolean isIn(String file) {
    try {
      return Files.exists(Path.of(file))
          && Files.readAllLines(Path.of(file)).stream().anyMatch(l -> l.startsWith(NAME + ":"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What comes before a command that is to run as this user. */
  public List<String> prefix() {
    return own
        ? List.of(
            "setpriv", "--pdeathsig=KILL", "--reuid", name, "--regid", name, "--clear-groups", "--")
        : List.of("setpriv", "--pdeathsig=KILL", "--");
  }

  public void own(Path directory) {
    if (own) {
      Command.require("chown", name + ":" + name, directory.toString());
    }
  }
}
