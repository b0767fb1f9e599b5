// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Searches what a process holds in memory: each mapping that can be read and is not just an
 * unchanged file. Reading another's memory needs root, or the same user and no hardening.
 */
final class MemoryOf {
  private static final Duration A_MOMENT = Duration.ofSeconds(2);

  private MemoryOf() {}

  /** A process that ends meanwhile has what was found so far; what one has can be read. */
  static Set<String> process(long pid, Needles needles) {
    return process(pid, needles, new HashSet<>());
  }

  /**
   * The same without memory that others share and that was searched before, as PostgreSQL's
   * processes do.
   *
   * @param shared what was searched of that; added to
   */
  static Set<String> process(long pid, Needles needles, Set<String> shared) {
    Set<String> found = new LinkedHashSet<>();
    try (RandomAccessFile memory = new RandomAccessFile("/proc/" + pid + "/mem", "r")) {
      for (String mapping : maps(pid).split("\n")) {
        if (isWorthALook(mapping) && !shared.contains(shareable(mapping))) {
          search(mapping, memory, needles, found);
          addIfWhole(pid, mapping, shared);
        }
      }
    } catch (IOException e) {
      if (hasMemory(pid)) {
        throw new UncheckedIOException("Its memory can't be read: " + pid, e);
      }
    }
    return found;
  }

  /**
   * One that is about to end has none any more: the first of a pid namespace for as long as others
   * of it are there, which may take seconds.
   */
  private static boolean hasMemory(long pid) {
    return Processes.isAlive(pid) && Processes.read(pid, "status").contains("\nVmSize:");
  }

  private static String maps(long pid) {
    return Await.value(
        "mappings of " + pid,
        A_MOMENT,
        () -> {
          String maps = Processes.read(pid, "maps");
          return maps.isEmpty() && hasMemory(pid) ? Optional.empty() : Optional.of(maps);
        });
  }

  /** START-END PERMISSIONS OFFSET DEVICE INODE PATH, proc(5). */
  private static boolean isWorthALook(String mapping) {
    String[] fields = mapping.split(" +", 6);
    if (fields.length < 5 || !fields[1].startsWith("r")) {
      return false;
    }
    boolean ofKernel = fields.length == 6 && fields[5].startsWith("[v");
    boolean unchangedFile = !fields[4].equals("0") && !fields[1].contains("w");
    return !ofKernel && !unchangedFile;
  }

  /** What is mapped, where it is shared; empty where it is not. */
  private static String shareable(String mapping) {
    String[] fields = mapping.split(" +", 6);
    return fields[1].endsWith("s")
        ? String.join(" ", fields[0], fields[2], fields[3], fields[4])
        : "";
  }

  /** Of one that ended meanwhile not all may have been read. */
  private static void addIfWhole(long pid, String mapping, Set<String> shared) {
    String name = shareable(mapping);
    if (!name.isEmpty() && Processes.isAlive(pid)) {
      shared.add(name);
    }
  }

  private static void search(
      String mapping, RandomAccessFile memory, Needles needles, Set<String> found) {
    String[] bounds = mapping.substring(0, mapping.indexOf(' ')).split("-");
    try {
      found.addAll(
          needles.in(memory, Long.parseLong(bounds[0], 16), Long.parseLong(bounds[1], 16)));
    } catch (IOException e) {
      // The mapping has gone, or has holes: what could be read was searched.
      return;
    }
  }
}
