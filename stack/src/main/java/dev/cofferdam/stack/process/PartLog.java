// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What one part says: kept in a file of at most 8 MiB and its predecessor. */
public final class PartLog {
  private static final long LARGEST_BYTES = 8L * 1024 * 1024;
  private static final int LAST_LINES = 20;

  private final Path file;
  private final Deque<String> last = new ArrayDeque<>();

  public PartLog(Path file) {
    this.file = file;
  }

  /** Takes all that this process says, on a thread of its own, until it ends. */
  public Thread follow(Process process, String name) {
    return Thread.ofPlatform().daemon().name("log-" + name).start(() -> take(process));
  }

  private void take(Process process) {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      BoundedLines lines = new BoundedLines(output);
      for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
        add(line.get());
      }
    } catch (IOException e) {
      // The process is gone.
      return;
    }
  }

  /** A full disk costs the line and no more: the part goes on, and its later lines are kept. */
  public void add(String line) {
    try {
      write(line);
    } catch (IOException e) {
      return;
    }
  }

  private synchronized void write(String line) throws IOException {
    last.addLast(line);
    if (last.size() > LAST_LINES) {
      last.removeFirst();
    }
    if (Files.exists(file) && Files.size(file) > LARGEST_BYTES) {
      Files.move(
          file,
          file.resolveSibling(file.getFileName() + ".1"),
          StandardCopyOption.REPLACE_EXISTING);
    }
    try (Writer out =
        Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      out.write(line + "\n");
    }
  }

  /** The last twenty lines of this run. */
  public synchronized List<String> lastLines() {
    return List.copyOf(last);
  }
}
