// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.box;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code /proc/PID/status} says, proc_pid_status(5): lines of a key, a colon, a tab and values
 * with tabs between.
 *
 * @param name the program's, 15 characters at most
 * @param runs false for one that has ended and is still to be fetched by its parent
 * @param uid the real one
 */
record ProcessStatus(String name, boolean runs, long parent, long uid) {
  /** Empty for what is no such file. */
  static Optional<ProcessStatus> parse(List<String> lines) {
    Map<String, String> values = new HashMap<>();
    for (String line : lines) {
      String[] parts = line.split(":?\t", 3);
      values.put(parts[0], parts.length > 1 ? parts[1] : "");
    }
    try {
      String state = values.getOrDefault("State", "X");
      return Optional.of(
          new ProcessStatus(
              values.getOrDefault("Name", ""),
              !state.startsWith("Z") && !state.startsWith("X"),
              Long.parseLong(values.getOrDefault("PPid", "")),
              Long.parseLong(values.getOrDefault("Uid", ""))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
