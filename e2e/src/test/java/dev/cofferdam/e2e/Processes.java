// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What /proc says; processes that end while one looks are left out. */
final class Processes {
  private static final Path PROC = Path.of("/proc");

  private Processes() {}

  static List<Long> all() {
    try (Stream<Path> entries = Files.list(PROC)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.chars().allMatch(Character::isDigit))
          .map(Long::valueOf)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file of a process as text; empty if it is gone or closed to us. */
  static String read(long pid, String file) {
    try {
      return new String(Files.readAllBytes(PROC.resolve(pid + "/" + file)), ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  static String commandLine(long pid) {
    return read(pid, "cmdline").replace('\0', ' ').strip();
  }

  static String name(long pid) {
    return read(pid, "comm").strip();
  }

  static boolean isAlive(long pid) {
    String stat = read(pid, "stat");
    int state = stat.lastIndexOf(')') + 2;
    return state > 1 && state < stat.length() && stat.charAt(state) != 'Z';
  }

  static long parent(long pid) {
    String stat = read(pid, "stat");
    String[] behindName = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
    return Long.parseLong(behindName[1]);
  }

  /** When it was started, in ticks since the machine was; the largest number if it is gone. */
  static long startTicks(long pid) {
    String stat = read(pid, "stat");
    String[] behindName = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
    return behindName.length < 20 ? Long.MAX_VALUE : Long.parseLong(behindName[19]);
  }

  static Set<Long> descendants(long root) {
    Set<Long> found = new LinkedHashSet<>();
    List<Long> all = all();
    boolean more = true;
    while (more) {
      more = false;
      for (long pid : all) {
        if (!found.contains(pid) && isAlive(pid) && isChildOf(pid, root, found)) {
          found.add(pid);
          more = true;
        }
      }
    }
    return found;
  }

  private static boolean isChildOf(long pid, long root, Set<Long> found) {
    try {
      long parent = parent(pid);
      return parent == root || found.contains(parent);
    } catch (RuntimeException e) {
      // It has ended between two looks.
      return false;
    }
  }

  static List<Long> mentioning(String text) {
    long self = ProcessHandle.current().pid();
    return all().stream()
        .filter(pid -> pid != self && commandLine(pid).contains(text) && isAlive(pid))
        .toList();
  }

  /** The namespace of a process, for instance {@code mnt} or {@code pid}. */
  static Optional<String> namespace(long pid, String kind) {
    try {
      return Optional.of(Files.readSymbolicLink(PROC.resolve(pid + "/ns/" + kind)).toString());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static Set<String> namespaces(Iterable<Long> pids, String kind) {
    Set<String> found = new LinkedHashSet<>();
    pids.forEach(pid -> namespace(pid, kind).ifPresent(found::add));
    return found;
  }

  /** Those that live in one of these namespaces. */
  static List<Long> within(Set<String> namespaces, String kind) {
    List<Long> found = new ArrayList<>();
    for (long pid : all()) {
      if (isAlive(pid) && namespace(pid, kind).filter(namespaces::contains).isPresent()) {
        found.add(pid);
      }
    }
    return found;
  }

  static void kill(long pid) {
    signal("KILL", pid);
  }

  static void signal(String name, long... pids) {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    for (long pid : pids) {
      command.add(Long.toString(pid));
    }
    try {
      new ProcessBuilder(command).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
