// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.meter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The processes of this host at one moment, by their parents. Whoever loses its parent in a pid
 * namespace becomes the child of one in there (pid_namespaces(7)), so that all of a box are below
 * its first one. Those that end while it is read may be missing.
 */
final class ProcessTable {
  private final Map<Long, ProcessUse> uses = new HashMap<>();
  private final Map<Long, List<StatLine>> byParent;

  ProcessTable(List<StatLine> lines) {
    lines.forEach(line -> uses.put(line.pid(), line.use()));
    byParent = lines.stream().collect(Collectors.groupingBy(StatLine::parent));
  }

  /** All that may be read below this directory, which is /proc or like it. */
  static ProcessTable read(Path proc) {
    try (Stream<Path> entries = Files.list(proc)) {
      return new ProcessTable(
          entries
              .filter(entry -> entry.getFileName().toString().matches("[0-9]+"))
              .flatMap(entry -> line(entry.resolve("stat")).stream())
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A name need not be UTF-8; nothing of it is used. */
  private static Optional<StatLine> line(Path stat) {
    try {
      return StatLine.parse(Files.readString(stat, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty(); // it has ended meanwhile
    }
  }

  /** Of this process and all below it; empty if it is not there. */
  Optional<ProcessUse> below(long pid) {
    ProcessUse first = uses.get(pid);
    if (first == null) {
      return Optional.empty();
    }
    ProcessUse sum = first;
    Deque<Long> parents = new ArrayDeque<>(List.of(pid));
    while (!parents.isEmpty()) {
      for (StatLine child : byParent.getOrDefault(parents.remove(), List.of())) {
        sum = sum.plus(child.use());
        parents.add(child.pid());
      }
    }
    return Optional.of(sum);
  }
}
