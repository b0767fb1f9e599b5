// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.lab;

import dev.cofferdam.sandboxhost.uids.SubordinateRange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
  /** Not the one of an installation on this host: its ids would be in use. */
  private static final String NAME = "coffer-lab";

  private static final long LOWEST = 1_000_000_000L;
  private static final long COUNT = 524_288;

  public static SandboxUser prepare() {
    String me = System.getProperty("user.name");
    if (!me.equals("root")) {
      return new SandboxUser(me, false, rangeOf(me));
    }
    if (Command.status("getent", "passwd", NAME) != 0) {
      Command.require("useradd", "--system", "--shell", "/usr/sbin/nologin", NAME);
    }
    if (!isIn("/etc/subuid") || !isIn("/etc/subgid")) {
      long first = Math.max(LOWEST, Math.max(endOf("/etc/subuid"), endOf("/etc/subgid")));
      String range = first + "-" + (first + COUNT - 1);
      Command.require("usermod", "--add-subuids", range, "--add-subgids", range, NAME);
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
    return lines(file).stream().anyMatch(line -> line.startsWith(NAME + ":"));
  }

  /** The first id behind all that are given away there, subuid(5). */
  private static long endOf(String file) {
    return lines(file).stream()
        .map(line -> line.strip().split(":", -1))
        .filter(f -> f.length == 3 && (f[1] + f[2]).matches("[0-9]{2,20}"))
        .mapToLong(f -> Long.parseLong(f[1]) + Long.parseLong(f[2]))
        .max()
        .orElse(0);
  }

  private static List<String> lines(String file) {
    try {
      return Files.exists(Path.of(file))
          ? Files.readAllLines(Path.of(file), StandardCharsets.ISO_8859_1)
          : List.of();
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
