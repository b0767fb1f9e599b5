// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.meter;

import java.util.Optional;

/**
 * The line of {@code /proc/PID/stat}, proc_pid_stat(5): pid, name in brackets, state, parent and so
 * on, separated by blanks. The name may hold anything, brackets and blanks included.
 */
record StatLine(long pid, long parent, ProcessUse use) {
  /** What proc(5) counts CPU time in is 1/100 s to programs, whatever the kernel ticks at. */
  private static final long MICROS_OF_A_TICK = 10_000;

  /** Our agent runs on x86-64 alone, where a page is always that large. */
  private static final long PAGE_BYTES = 4096;

  /** Fields behind the name, counted from 0, where state is field 3 of the manual page. */
  private static final int PARENT = 1;

  private static final int USER_TICKS = 11;
  private static final int CHILDREN_SYSTEM_TICKS = 14;
  private static final int RESIDENT_PAGES = 21;

  /** Empty for what is no such line. */
  static Optional<StatLine> parse(String line) {
    int open = line.indexOf(" (");
    int close = line.lastIndexOf(") ");
    if (open < 0 || close < open) {
      return Optional.empty();
    }
    String[] fields = line.substring(close + 2).strip().split(" ", -1);
    if (fields.length <= RESIDENT_PAGES) {
      return Optional.empty();
    }
    try {
      long ticks = 0;
      for (int field = USER_TICKS; field <= CHILDREN_SYSTEM_TICKS; field++) {
        ticks += Long.parseLong(fields[field]);
      }
      long resident = Long.parseLong(fields[RESIDENT_PAGES]) * PAGE_BYTES;
      return Optional.of(
          new StatLine(
              Long.parseLong(line.substring(0, open)),
              Long.parseLong(fields[PARENT]),
              new ProcessUse(resident, ticks * MICROS_OF_A_TICK)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
