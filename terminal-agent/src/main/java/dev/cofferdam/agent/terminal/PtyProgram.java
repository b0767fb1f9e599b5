// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.terminal;

import com.pty4j.PtyProcessBuilder;
import com.pty4j.unix.UnixPtyProcess;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A program that the library has started on a PTY.
 *
 * <p>A thread of the library waits for the program's end and then writes a byte to a pipe that
 * belongs to the PTY. If the PTY was closed meanwhile, that number may be anything by then: the
 * next program's standard input, and so a key's way. So nothing of the library's is closed before
 * that thread has ended. It is found by its group, in which nothing else is started.
 */
final class PtyProgram {
  private static final String LIBRARY = UnixPtyProcess.class.getPackageName();
  private static final int MORE_THAN_IT_STARTS = 8;

  private final UnixPtyProcess process;
  private final List<Thread> library;

  private PtyProgram(UnixPtyProcess process, List<Thread> library) {
    this.process = process;
    this.library = library;
  }

  /**
   * @throws IOException if it can't be started
   */
  static PtyProgram start(PtyProcessBuilder builder) throws IOException {
    ThreadGroup group = new ThreadGroup("pty");
    FutureTask<UnixPtyProcess> start = new FutureTask<>(() -> (UnixPtyProcess) builder.start());
    new Thread(group, start, "pty-start").start();
    UnixPtyProcess process = result(start);
    // The library closes a PTY on its own whose streams nobody has asked for.
    process.getInputStream();
    process.getOutputStream();
    return new PtyProgram(process, threadsOfTheLibrary(group));
  }

  private static UnixPtyProcess result(FutureTask<UnixPtyProcess> start) throws IOException {
    try {
      return start.get();
    } catch (ExecutionException e) {
      throw new IOException("no program can be started on a PTY", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("a program is not started: interrupted", e);
    }
  }

  private static List<Thread> threadsOfTheLibrary(ThreadGroup group) {
    Thread[] all = new Thread[MORE_THAN_IT_STARTS];
    group.enumerate(all);
    return Arrays.stream(all)
        .filter(Objects::nonNull)
        .filter(thread -> thread.getClass().getPackageName().startsWith(LIBRARY))
        .toList();
  }

  long pid() {
    return process.pid();
  }

  /** The PTY's other side. */
  int master() {
    return process.getPty().getMasterFD();
  }

  /** SIGKILL, unless it has ended: its number may be another program's by then. */
  void kill() {
    if (process.isAlive()) {
      process.destroyForcibly();
    }
  }

  /** The status that it has ended with; waits for that. */
  int exitCode() {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  /** Waits for its end, and then lets go of all that the library holds for it. */
  void release() {
    try {
      for (Thread thread : library) {
        thread.join();
      }
      process.getInputStream().close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // Nothing was left to be done with it.
      return;
    }
  }
}
