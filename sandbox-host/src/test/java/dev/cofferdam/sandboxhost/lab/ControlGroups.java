// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Control groups given to sandbox-host's user as the supervisor does when it is root; none
 * otherwise, and then setrlimit(2) alone has to hold.
 */
public record ControlGroups(Map<String, Path> byController) {
  private static final Path ROOT = Path.of("/sys/fs/cgroup");

  static ControlGroups prepare(SandboxUser user) throws IOException {
    Map<String, Path> made = new HashMap<>();
    for (String controller : List.of("memory", "pids")) {
      Path hierarchy = ROOT.resolve(controller);
      if (user.own() && Files.exists(hierarchy.resolve("cgroup.procs"))) {
        Path group = Files.createTempDirectory(hierarchy, "coffer-lab-");
        user.own(group);
        made.put(controller, group);
      }
    }
    return new ControlGroups(made);
  }

  Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    byController.forEach((name, path) -> settings.put("coffer.cgroup.v1." + name, path + ""));
    return settings;
  }

  void close() {
    byController.values().forEach(ControlGroups::remove);
  }

  private static void remove(Path group) {
    Command.run(List.of("find", group.toString(), "-depth", "-type", "d", "-delete"));
  }
}
