// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Looks at this machine's processes, proc(5). */
public final class Processes {
  private static final Path PROC = Path.of("/proc");

  private Processes() {}

  /** A process that still runs; {@code uid} is its real one. */
  public record Found(long pid, long parent, long uid, String commandLine) {}

  /** This process and all its descendants, zombies left out. */
  public static List<Found> treeOf(long pid) {
    List<Found> tree = new ArrayList<>();
    List<Found> all = all();
    all.stream().filter(p -> p.pid() == pid).forEach(tree::add);
    for (int i = 0; i < tree.size(); i++) {
      long parent = tree.get(i).pid();
      all.stream().filter(p -> p.parent() == parent).forEach(tree::add);
    }
    return tree;
  }

  public static List<Found> all() {
    try (Stream<Path> entries = Files.list(PROC)) {
      return entries
          .filter(p -> p.getFileName().toString().matches("[0-9]+"))
          .flatMap(p -> read(p).stream())
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Found> read(Path process) {
    try {
      String stat = Files.readString(process.resolve("stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      if (fields[0].equals("Z") || fields[0].equals("X")) {
        return List.of();
      }
      byte[] line = Files.readAllBytes(process.resolve("cmdline"));
      String text = new String(line, StandardCharsets.UTF_8).replace('\0', ' ').strip();
      long pid = Long.parseLong(process.getFileName().toString());
      return List.of(new Found(pid, Long.parseLong(fields[1]), uid(process), text));
    } catch (IOException e) {
      return List.of(); // ended meanwhile
    }
  }

  private static long uid(Path process) throws IOException {
    return Files.readAllLines(process.resolve("status")).stream()
        .filter(line -> line.startsWith("Uid:"))
        .mapToLong(line -> Long.parseLong(line.split("\t")[1]))
        .findFirst()
        .orElseThrow(() -> new IOException("no uid"));
  }
}
