// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How a part is.
 *
 * @param pid 0 if it does not run
 * @param port 0 if it has none
 * @param memoryMegabytes resident, by proc(5)
 * @param health {@code ready}, {@code not ready} or {@code down}
 * @param restarts since the stack was started
 */
public record PartStatus(
    String name, long pid, int port, long memoryMegabytes, String health, int restarts) {

  static long residentMegabytes(long pid) {
    if (pid == 0) {
      return 0;
    }
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
          .sum();
    } catch (IOException e) {
      return 0;
    }
  }
}
