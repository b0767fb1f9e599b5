// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
      String text = Files.readString(file);
      return Optional.of(new Amount(number(text, "rchar: "), number(text, "syscr: ")));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** {@code wchar}: what it has written by system calls; empty if that can't be read. */
  public OptionalLong written() {
    try {
      return OptionalLong.of(number(Files.readString(file), "wchar: "));
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** Without a stream or a pattern: it is asked for all the time, in code that is rarely hot. */
  private static long number(String text, String name) {
    int start = text.indexOf(name) + name.length();
    int end = text.indexOf('\n', start);
    if (start < name.length() || end < 0) {
      throw new NumberFormatException(name);
    }
    return Long.parseLong(text, start, end, 10);
  }
}
