// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.place;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.agent.kernel.Kernel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What runs in the foreground of a terminal: proc(5).
 *
 * @param directory its working directory as it sees it, a char for each byte; empty if not known
 * @param command its command line; empty if it is the terminal's own shell
 */
record Program(String directory, String command) {
  static final Program UNKNOWN = new Program("", "");

  private static final Path PROC = Path.of("/proc");
  private static final int MOST_BYTES = 4096;

  /** The cell's door: a terminal's own shell is its child. */
  private static final String PARENT_OF_SHELL = "(bwrap)";

  /** Of this process group, as TIOCGPGRP names it; never throws. */
  static Program of(int group) {
    if (group <= 0) {
      return UNKNOWN;
    }
    try {
      String leader = Integer.toString(group);
      // The first program of a pipeline may have ended while the others run.
      String pid = stat(leader).isPresent() ? leader : member(leader);
      String directory = new String(Kernel.readLink(PROC + "/" + pid + "/cwd"), ISO_8859_1);
      boolean usable = directory.startsWith("/") && directory.length() <= MOST_BYTES;
      return new Program(usable ? directory : "", isShell(pid) ? "" : commandLine(pid));
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  private static boolean isShell(String pid) throws IOException {
    String parent = stat(pid).map(stat -> field(stat, 1)).orElse("0");
    return stat(parent).filter(stat -> stat.contains(PARENT_OF_SHELL)).isPresent();
  }

  private static String member(String group) throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : all) {
        String pid = process.getFileName().toString();
        if (stat(pid).filter(stat -> field(stat, 2).equals(group)).isPresent()) {
          return pid;
        }
      }
    }
    throw new IOException("no process in the group");
  }

  private static String commandLine(String pid) throws IOException {
    try (InputStream line = Files.newInputStream(PROC.resolve(pid).resolve("cmdline"))) {
      String words = new String(line.readNBytes(MOST_BYTES), UTF_8);
      return Visible.text(words.replace('\0', ' '), Visible.LONGEST_COMMAND);
    }
  }

  /** Empty if there is no such process. */
  private static Optional<String> stat(String pid) {
    try (InputStream stat = Files.newInputStream(PROC.resolve(pid).resolve("stat"))) {
      return Optional.of(new String(stat.readNBytes(MOST_BYTES), ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Counted from 0 behind the name, which is in parentheses and may hold some itself. */
  private static String field(String stat, int index) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
    return index < fields.length ? fields[index] : "";
  }
}
