// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

/** Processor time by proc(5): utime and stime of the processes whose command line matches. */
final class Cpu {
  /** What the kernel counts in, everywhere where Linux runs on x86 (sysconf(3), _SC_CLK_TCK). */
  private static final double TICKS_PER_SECOND = 100;

  private static final int UTIME_BEHIND_NAME = 11;

  private Cpu() {}

  static double seconds(Predicate<String> commandLine) {
    return Memory.processes(commandLine).stream().mapToDouble(Cpu::ticks).sum() / TICKS_PER_SECOND;
  }

  private static double ticks(Path process) {
    try {
      String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Double.parseDouble(fields[UTIME_BEHIND_NAME])
          + Double.parseDouble(fields[UTIME_BEHIND_NAME + 1]);
    } catch (IOException e) {
      return 0; // The process has ended meanwhile.
    }
  }
}
