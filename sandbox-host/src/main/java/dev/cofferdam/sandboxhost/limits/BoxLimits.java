// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.limits;

import dev.cofferdam.sandboxhost.process.CommandException;
import dev.cofferdam.sandboxhost.process.ShortCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Caps of one box: processes and memory by control groups where a tree was delegated to us (version
 * 2, or version 1's {@code memory} and {@code pids}). Limits by setrlimit(2) are the agent's
 * business and always on.
 */
public final class BoxLimits {
  private static final String PROCS = "cgroup.procs";
  private static final String PROBE = "probe";

  private final Optional<Path> unified;
  private final Map<String, Path> hierarchies;
  private final int processes;
  private final long memoryBytes;

  private BoxLimits(
      Optional<Path> unified, Map<String, Path> hierarchies, int processes, long memoryBytes) {
    this.unified = unified;
    this.hierarchies = hierarchies;
    this.processes = processes;
    this.memoryBytes = memoryBytes;
  }

  /**
   * As set; control groups that we can't bring a process into are left out, and the log says so:
   * version 2 lets us only if we are in the delegated tree ourselves (cgroups(7), "Delegation").
   */
  public static BoxLimits fromProperties() {
    BoxLimits wanted = read();
    if (wanted.work()) {
      return wanted;
    }
    System.err.println(
        "control groups can't be used: boxes are limited by setrlimit(2) and disk space alone");
    return new BoxLimits(Optional.empty(), Map.of(), wanted.processes, wanted.memoryBytes);
  }

  private boolean work() {
    try {
      StringBuilder enter = new StringBuilder("true");
      prepare(PROBE).forEach(procs -> enter.append(" && echo $$ > ").append(procs));
      return ShortCommand.run(List.of("/bin/sh", "-c", enter.toString())).succeeded();
    } catch (IOException | CommandException e) {
      return false;
    } finally {
      release(PROBE);
    }
  }

  private static BoxLimits read() {
    Map<String, Path> hierarchies = new LinkedHashMap<>();
    for (String controller : List.of("memory", "pids")) {
      property("coffer.cgroup.v1." + controller).ifPresent(p -> hierarchies.put(controller, p));
    }
    // The cell may have 1024 processes (terminal-agent); what is left is the agent's and the
    // mount's.
    return new BoxLimits(
        property("coffer.cgroup.v2"),
        hierarchies,
        Integer.getInteger("coffer.limit.box-processes", 1280),
        Integer.getInteger("coffer.limit.box-megabytes", 4096) * 1024L * 1024L);
  }

  private static Optional<Path> property(String name) {
    return Optional.ofNullable(System.getProperty(name)).filter(v -> !v.isEmpty()).map(Path::of);
  }

  /** Whether a box's memory can be kept from swap devices. */
  public boolean keepsOutOfSwap() {
    return unified.isPresent();
  }

  /**
   * Makes the groups of a box.
   *
   * @return the files that its first process writes its pid to before anything else
   */
  public List<Path> prepare(String box) throws IOException {
    List<Path> procs = new ArrayList<>();
    if (unified.isPresent()) {
      Path group = Files.createDirectories(unified.get().resolve(box));
      Files.writeString(group.resolve("pids.max"), processes + "");
      Files.writeString(group.resolve("memory.max"), memoryBytes + "");
      Files.writeString(group.resolve("memory.swap.max"), "0");
      procs.add(group.resolve(PROCS));
    }
    for (Map.Entry<String, Path> hierarchy : hierarchies.entrySet()) {
      Path group = Files.createDirectories(hierarchy.getValue().resolve(box));
      boolean memory = hierarchy.getKey().equals("memory");
      Path limit = group.resolve(memory ? "memory.limit_in_bytes" : "pids.max");
      Files.writeString(limit, (memory ? memoryBytes : processes) + "");
      procs.add(group.resolve(PROCS));
    }
    return procs;
  }

  /**
   * What the box has of the memory it may have, bytes; without file contents that nobody has used
   * for a while, which the kernel drops first. Empty where no control group counts it.
   */
  public OptionalLong memoryBytes(String box) {
    if (unified.isPresent()) {
      Path group = unified.get().resolve(box);
      return used(group.resolve("memory.current"), group.resolve("memory.stat"), "inactive_file");
    }
    Path hierarchy = hierarchies.get("memory");
    if (hierarchy == null) {
      return OptionalLong.empty();
    }
    Path group = hierarchy.resolve(box);
    return used(
        group.resolve("memory.usage_in_bytes"),
        group.resolve("memory.stat"),
        "total_inactive_file");
  }

  private static OptionalLong used(Path usage, Path stat, String droppable) {
    try {
      long all = Long.parseLong(Files.readString(usage).strip());
      return OptionalLong.of(Math.max(0, all - value(stat, droppable).orElse(0)));
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** CPU time of the box since it was started, microseconds; empty as above, and in version 1. */
  public OptionalLong cpuMicros(String box) {
    try {
      return unified.isEmpty()
          ? OptionalLong.empty()
          : value(unified.get().resolve(box).resolve("cpu.stat"), "usage_usec");
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** Of a file with a name and a number on each line. */
  private static OptionalLong value(Path file, String name) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1).strip()))
        .findFirst();
  }

  /** Removes the groups of a box that is gone. */
  public void release(String box) {
    unified.ifPresent(root -> remove(root.resolve(box)));
    hierarchies.values().forEach(root -> remove(root.resolve(box)));
  }

  private static void remove(Path group) {
    try {
      Files.deleteIfExists(group);
    } catch (IOException e) {
      // The kernel keeps it while its last process is being reaped; the supervisor removes it then.
      return;
    }
  }
}
