// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.lab;

import dev.cofferdam.sandboxhost.uids.SubordinateRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who runs sandbox-host: started as root, a system user of its own with subordinate uids, made if
 * missing; else whoever runs the tests.
 *
 * @param own whether it is another user than ours
 * @param range his subordinate ids, if he has some
 */
public record SandboxUser(String name, boolean own, Optional<SubordinateRange> range) {
  private static final String NAME = "coffer-sandbox";
  private static final String RANGE = "524288-1048575";

  public static SandboxUser prepare() {
    String me = System.getProperty("user.name");
    if (!me.equals("root")) {
      return new SandboxUser(me, false, rangeOf(me));
    }
    if (Command.status("getent", "passwd", NAME) != 0) {
      Command.require("useradd", "--system", "--shell", "/usr/sbin/nologin", NAME);
    }
    if (!isIn("/etc/subuid") || !isIn("/etc/subgid")) {
      Command.require("usermod", "--add-subuids", RANGE, "--add-subgids", RANGE, NAME);
    }
    return new SandboxUser(NAME, true, rangeOf(NAME));
  }

  private static Optional<SubordinateRange> rangeOf(String name) {
    try {
      return SubordinateRange.of(name, -1, Path.of("/etc/subuid"), Path.of("/etc/subgid"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A command that may touch what belongs to boxes, as root or as he whose range it is. */
  public List<String> reaching(List<String> command) {
    if (own || range.isEmpty()) {
      return command;
    }
    String map = range.get().first() + ",1," + range.get().count();
    List<String> enter = new ArrayList<>(List.of("unshare", "--user", "--map-users=" + map));
    enter.addAll(List.of("--map-groups=" + map, "-r", "--"));
    enter.addAll(command);
    return enter;
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
