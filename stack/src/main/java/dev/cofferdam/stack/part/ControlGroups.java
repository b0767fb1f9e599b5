// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import dev.cofferdam.stack.place.PartUser;
import dev.cofferdam.stack.place.Rooms;
import dev.cofferdam.stack.process.ShortCommand;
import dev.cofferdam.stack.process.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Control groups that sandbox-host may make groups for boxes in: delegated to its user when we are
 * root, cgroups(7). Without them the limits of setrlimit(2) remain.
 */
final class ControlGroups {
  private final boolean root;
  private final Path mounts;
  private final List<String> controllers;
  private final String user;
  private final String name;

  ControlGroups(Rooms rooms) {
    this(
        rooms.ofRoot(),
        Path.of("/sys/fs/cgroup"),
        List.of("memory", "pids"),
        rooms.userOf(PartUser.SANDBOX),
        rooms.controlGroup());
  }

  /**
   * @param mounts where version 2 is mounted, or version 1 below
   * @param controllers all of which there have to be in version 2
   * @param user who they are delegated to
   * @param name of the group that is: another installation of this host has another
   */
  ControlGroups(boolean root, Path mounts, List<String> controllers, String user, String name) {
    this.root = root;
    this.mounts = mounts;
    this.controllers = List.copyOf(controllers);
    this.user = user;
    this.name = name;
  }

  /**
   * What came of it.
   *
   * @param settings sandbox-host's; empty where nothing was delegated
   * @param entry where sandbox-host's pid is written before it drops its rights, if anywhere
   * @param missing why nothing was delegated, one line
   */
  record Delegation(Map<String, String> settings, Optional<Path> entry, Optional<String> missing) {

    static Delegation none(String why) {
      return new Delegation(Map.of(), Optional.empty(), Optional.of(why));
    }
  }

  Delegation delegate() {
    if (!root) {
      return Delegation.none("not started as root");
    }
    try {
      Map<String, String> settings = versionOne();
      return settings.isEmpty()
          ? versionTwo()
          : new Delegation(settings, Optional.empty(), Optional.empty());
    } catch (IOException e) {
      return Delegation.none(firstLine(e.toString()));
    } catch (StartFailure e) {
      return Delegation.none(firstLine(e.text()));
    }
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private Map<String, String> versionOne() throws IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String controller : controllers) {
      Path hierarchy = mounts.resolve(controller);
      if (Files.isWritable(hierarchy.resolve("cgroup.procs"))) {
        Path group = Files.createDirectories(hierarchy.resolve(name));
        give(group, "cgroup.procs");
        settings.put("coffer.cgroup.v1." + controller, group.toString());
      }
    }
    return settings;
  }

  /**
   * Whoever moves a process needs to write to {@code cgroup.procs} of the nearest group above both
   * places. So sandbox-host, which moves children of its own, has to be below the group that it is
   * given; in a leaf, since a group that has controllers for others may have no process itself.
   */
  private Delegation versionTwo() throws IOException {
    if (!Files.isRegularFile(mounts.resolve("cgroup.controllers"))) {
      return Delegation.none("none are mounted");
    }
    if (!Files.isWritable(mounts.resolve("cgroup.procs"))) {
      return Delegation.none("they are mounted read-only");
    }
    enable(mounts);
    Path group = Files.createDirectories(mounts.resolve(name));
    Path host = Files.createDirectories(group.resolve("host"));
    enable(group);
    give(group, "cgroup.procs", "cgroup.subtree_control", "cgroup.threads");
    Path entry = host.resolve("cgroup.procs");
    tryOut(group, entry);
    return new Delegation(
        Map.of("coffer.cgroup.v2", group.toString()), Optional.of(entry), Optional.empty());
  }

  /** For the groups below; in a container's own root that may be refused, it has processes. */
  private void enable(Path group) throws IOException {
    Path enabled = group.resolve("cgroup.subtree_control");
    List<String> there = List.of(Files.readString(enabled).strip().split(" "));
    for (String controller : controllers) {
      if (!there.contains(controller)) {
        try {
          Files.writeString(enabled, "+" + controller);
        } catch (IOException e) {
          throw new StartFailure(
              "the controller " + controller + " can't be had in " + group + ": " + e.getMessage(),
              e);
        }
      }
    }
  }

  private void give(Path group, String... files) {
    ShortCommand.require("chown", user + ":" + user, group.toString());
    for (String file : files) {
      ShortCommand.require("chown", user, group.resolve(file).toString());
    }
  }

  /** As sandbox-host will do it: from there, as its user, a child into a group of its own. */
  private void tryOut(Path group, Path entry) {
    String asUser =
        "g=$0/try.$$; mkdir $g && sh -c \"echo \\$\\$ > $g/cgroup.procs\"; s=$?; rmdir $g; exit $s";
    String[] enter = {"sh", "-c", "echo $$ > $0 && exec \"$@\"", entry.toString()};
    String[] drop = {"setpriv", "--reuid", user, "--regid", user, "--init-groups"};
    List<String> words = new ArrayList<>(List.of(enter));
    words.addAll(List.of(drop));
    words.addAll(List.of("--", "sh", "-c", asUser, group.toString()));
    ShortCommand.require(words.toArray(String[]::new));
  }
}
