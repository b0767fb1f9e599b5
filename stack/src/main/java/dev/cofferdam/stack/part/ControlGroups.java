// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import dev.cofferdam.stack.place.PartUser;
import dev.cofferdam.stack.process.ShortCommand;
import dev.cofferdam.stack.process.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Control groups that sandbox-host may make groups for boxes in: delegated to its user when we are
 * root, cgroups(7). Without them the limits of setrlimit(2) remain.
 */
final class ControlGroups {
  private static final Path MOUNTS = Path.of("/sys/fs/cgroup");
  private static final String GROUP = "cofferdam";

  private final boolean root;

  ControlGroups(boolean root) {
    this.root = root;
  }

  /** sandbox-host's settings for them; empty where nothing can be delegated. */
  Map<String, String> delegated() {
    Map<String, String> settings = new LinkedHashMap<>();
    if (!root) {
      return settings;
    }
    for (String controller : new String[] {"memory", "pids"}) {
      Path hierarchy = MOUNTS.resolve(controller);
      if (Files.isWritable(hierarchy.resolve("cgroup.procs"))) {
        settings.put("coffer.cgroup.v1." + controller, delegate(hierarchy).toString());
      }
    }
    Path controllers = MOUNTS.resolve("cgroup.controllers");
    if (settings.isEmpty() && Files.isRegularFile(controllers)) {
      settings.put("coffer.cgroup.v2", delegate(MOUNTS).toString());
    }
    return settings;
  }

  private static Path delegate(Path hierarchy) {
    Path group = hierarchy.resolve(GROUP);
    try {
      Files.createDirectories(group);
      Path subtree = group.resolve("cgroup.subtree_control");
      if (Files.exists(subtree)) {
        Files.writeString(hierarchy.resolve("cgroup.subtree_control"), "+memory +pids");
        Files.writeString(subtree, "+memory +pids");
      }
    } catch (IOException e) {
      throw new StartFailure("the control group " + group + " can't be made: " + e.getMessage());
    }
    String owner = PartUser.SANDBOX.name() + ":" + PartUser.SANDBOX.name();
    ShortCommand.require("chown", owner, group.toString(), group.resolve("cgroup.procs") + "");
    return group;
  }
}
