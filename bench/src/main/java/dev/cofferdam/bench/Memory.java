// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Resident memory by proc(5): VmRSS of the processes whose command line matches. */
final class Memory {
  private Memory() {}

  static double rssMegabytes(Predicate<String> commandLine) {
    return processes(commandLine).stream().mapToDouble(Memory::rssMegabytes).sum();
  }

  static List<Path> processes(Predicate<String> commandLine) {
    try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
      return entries
          .filter(entry -> entry.getFileName().toString().matches("[0-9]+"))
          .filter(entry -> commandLine.test(read(entry.resolve("cmdline")).replace('\0', ' ')))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Of one process, none if it has ended. */
  static double rssMegabytes(long pid) {
    return rssMegabytes(Path.of("/proc", Long.toString(pid)));
  }

  /** Of one process, a page that several share counting in parts. */
  static double pssMegabytes(long pid) {
    return megabytes(Path.of("/proc", Long.toString(pid), "smaps_rollup"), "Pss:");
  }

  private static double rssMegabytes(Path process) {
    return megabytes(process.resolve("status"), "VmRSS:");
  }

  private static double megabytes(Path file, String line) {
    return read(file)
        .lines()
        .filter(each -> each.startsWith(line))
        .mapToDouble(each -> Double.parseDouble(each.replaceAll("[^0-9]", "")) / 1024)
        .sum();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // The process has ended meanwhile.
    }
  }
}
