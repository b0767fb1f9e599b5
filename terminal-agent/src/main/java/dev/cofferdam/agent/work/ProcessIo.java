// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** What a process has read and written by system calls since its start: proc_pid_io(5). */
public final class ProcessIo implements Supplier<Optional<ProcessIo.Amount>> {
  private final Path file;

  public ProcessIo(long pid) {
    file = Path.of("/proc", Long.toString(pid), "io");
  }

  /**
   * Both only grow.
   *
   * @param bytes {@code rchar}
   * @param calls {@code syscr}
   */
  public record Amount(long bytes, long calls) {}

  /** Empty if it can't be read, for instance since the process has ended. */
  @Override
  public Optional<Amount> get() {
    try {
      List<String> lines = Files.readAllLines(file);
      return Optional.of(new Amount(number(lines, "rchar: "), number(lines, "syscr: ")));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** {@code wchar}: what it has written by system calls; empty if that can't be read. */
  public OptionalLong written() {
    try {
      return OptionalLong.of(number(Files.readAllLines(file), "wchar: "));
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private static long number(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.substring(name.length())))
        .findFirst()
        .orElseThrow(NumberFormatException::new);
  }
}
