// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.cell;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The namespaces in which the user's programs run. They end with its first process. */
public final class Cell {
  private static final Pattern CHILD_PID = Pattern.compile("\"child-pid\": *([0-9]+)");
  private static final int LONGEST_OUTPUT = 4096;

  private final Process bwrap;
  private final long firstProcess;
  private final CellCommand command;

  private Cell(Process bwrap, long firstProcess, CellCommand command) {
    this.bwrap = bwrap;
    this.firstProcess = firstProcess;
    this.command = command;
  }

  /**
   * @param files the mounted directory that becomes /workspace
   * @throws IOException if bubblewrap does not start it
   */
  public static Cell start(Path files, Path filter, Path scratch, CellLimits limits)
      throws IOException {
    writeEtc(Files.createDirectories(scratch.resolve("etc")));
    CellCommand command = new CellCommand(files, filter, scratch, limits);
    Process bwrap =
        new ProcessBuilder(command.start())
            .redirectInput(new File("/dev/null"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new Cell(bwrap, childPid(bwrap), command);
  }

  private static void writeEtc(Path etc) throws IOException {
    Files.writeString(
        etc.resolve("passwd"),
        "root:x:0:0:root:/:/usr/sbin/nologin\nme:x:1000:1000:me:/workspace:/bin/bash\n"
            + "nobody:x:65534:65534:nobody:/:/usr/sbin/nologin\n");
    Files.writeString(etc.resolve("group"), "root:x:0:\nme:x:1000:\nnogroup:x:65534:\n");
    Files.writeString(etc.resolve("hosts"), "127.0.0.1 localhost workspace\n");
    Files.writeString(etc.resolve("nsswitch.conf"), "passwd: files\ngroup: files\nhosts: files\n");
  }

  /**
   * Waits until the first program of the cell runs: bubblewrap tells the pid long before the cell's
   * mounts are there, and a terminal must not be brought into a half-made cell.
   */
  private static long childPid(Process bwrap) throws IOException {
    BufferedReader output = bwrap.inputReader();
    StringBuilder text = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      text.append(line).append(' ');
      Matcher pid = CHILD_PID.matcher(text);
      if (line.equals(CellCommand.READY) && pid.find()) {
        return Long.parseLong(pid.group(1));
      }
      if (text.length() > LONGEST_OUTPUT) {
        break;
      }
    }
    throw new IOException("bubblewrap started no cell: " + text);
  }

  /** The command that runs a login shell in this cell. */
  public List<String> terminalCommand() {
    return command.terminal(firstProcess);
  }

  /**
   * The same in this directory of the cell, or in the workspace's root if there is none such.
   *
   * @param directory an absolute path, a char for each of its bytes; may be empty
   */
  public List<String> terminalCommand(String directory) {
    return command.terminal(firstProcess, directory);
  }

  /** Called once when the cell has ended, on a thread of the JDK. */
  public void onEnd(Runnable action) {
    bwrap.onExit().thenRun(action);
  }

  /**
   * Tells all programs that their terminals are gone. Returns once those that heard it have ended,
   * and at that time, of {@link System#nanoTime}, at the latest.
   */
  public void hangUp(long deadline) {
    new Hangup(firstProcess).untilGone(deadline);
  }

  /** Looks for programs as {@link #hangUp} does, and tells none. */
  public static void rehearseHangup() throws IOException {
    Hangup.rehearse();
  }

  /** SIGKILL to all in it; waits until the first process is gone. */
  public void kill() {
    ProcessHandle.of(firstProcess).ifPresent(ProcessHandle::destroyForcibly);
    bwrap.destroyForcibly();
    try {
      bwrap.waitFor(300, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
