// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.cell;

import dev.cofferdam.agent.kernel.Kernel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The end of a cell as its programs are told of it: SIGHUP to each, as if its terminal had been
 * unplugged, and SIGCONT for those that are stopped. signal(7), proc(5).
 *
 * <p>The PTYs themselves stay: with them the cell's doors would end first, and whatever came in
 * through a door is killed with it.
 */
final class Hangup {
  private static final Path PROC = Path.of("/proc");
  private static final int SIGHUP = 1;
  private static final int SIGCONT = 18;
  private static final long LOOK_EVERY_NANOS = Duration.ofMillis(5).toNanos();

  /** The door of a terminal, and the keeper of the namespace, which hears no signal but SIGKILL. */
  private static final String DOOR = "Name:\tbwrap\n";

  /** Bit n - 1 is signal n, and the last digit has the first four. */
  private static final String IGNORED = "SigIgn:\t";

  private final long firstProcess;

  /**
   * @param firstProcess of the cell, as this process sees it
   */
  Hangup(long firstProcess) {
    this.firstProcess = firstProcess;
  }

  /** Never throws: what can't be told of it is killed untold. */
  void untilGone(long deadline) {
    try {
      List<Integer> told = find(deadline);
      told.forEach(pid -> Kernel.signal(pid, SIGHUP));
      told.forEach(pid -> Kernel.signal(pid, SIGCONT));
      while (!told.isEmpty() && isBefore(deadline)) {
        LockSupport.parkNanos(LOOK_EVERY_NANOS);
        told.removeIf(pid -> !runs(pid));
      }
    } catch (IOException | DirectoryIteratorException e) {
      return; // the cell has ended by itself
    }
  }

  /**
   * Those that will do something about it; of a cell full of programs not all, if time runs out.
   */
  private List<Integer> find(long deadline) throws IOException {
    byte[] cell = namespace(Long.toString(firstProcess));
    List<Integer> told = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : all) {
        String pid = process.getFileName().toString();
        if (isBefore(deadline) && isIn(cell, pid) && hears(status(pid))) {
          told.add(Integer.valueOf(pid));
        }
      }
    }
    return told;
  }

  /** All but the signals: so that the first time is not the slowest. */
  static void rehearse() throws IOException {
    long self = ProcessHandle.current().pid();
    new Hangup(self).find(System.nanoTime() + LOOK_EVERY_NANOS);
    runs((int) self);
  }

  private static boolean isBefore(long deadline) {
    return System.nanoTime() - deadline < 0;
  }

  private static boolean isIn(byte[] cell, String pid) {
    try {
      return Arrays.equals(cell, namespace(pid));
    } catch (IOException e) {
      return false; // ended meanwhile, or none of this box's user
    }
  }

  private static byte[] namespace(String pid) throws IOException {
    return Kernel.readLink(PROC + "/" + pid + "/ns/pid");
  }

  private static boolean hears(String status) {
    int mask = status.indexOf(IGNORED);
    int end = status.indexOf('\n', mask);
    boolean ignores =
        mask >= 0 && end > 0 && (Character.digit(status.charAt(end - 1), 16) & SIGHUP) != 0;
    return !status.isEmpty() && !status.startsWith(DOOR) && !ignores;
  }

  private static boolean runs(int pid) {
    String status = status(Integer.toString(pid));
    return !status.isEmpty() && !status.contains("State:\tZ");
  }

  /** Empty if there is no such process. */
  private static String status(String pid) {
    try {
      return Files.readString(PROC.resolve(pid).resolve("status"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
