// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Searches what a process holds in memory: each mapping that can be read and is not just an
 * unchanged file. Reading another's memory needs root, or the same user and no hardening.
 */
final class MemoryOf {
  private MemoryOf() {}

  /** A process that ends meanwhile has what was found so far. */
  static Set<String> process(long pid, Needles needles) {
    Set<String> found = new LinkedHashSet<>();
    String maps = Processes.read(pid, "maps");
    try (RandomAccessFile memory = new RandomAccessFile("/proc/" + pid + "/mem", "r")) {
      for (String mapping : maps.split("\n")) {
        if (isWorthALook(mapping)) {
          search(mapping, memory, needles, found);
        }
      }
    } catch (IOException e) {
      if (Processes.isAlive(pid)) {
        throw new UncheckedIOException("Its memory can't be read: " + pid, e);
      }
    }
    return found;
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
