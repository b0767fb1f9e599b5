// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.mount;

import dev.cofferdam.agent.kernel.Kernel;
import dev.cofferdam.secrets.OffHeapSecret;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** gocryptfs(1) in the foreground, from its start to its end. It is given the key on its input. */
final class Gocryptfs {
  private static final File NOWHERE = new File("/dev/null");

  /**
   * It may meet a limit of its files' size and has to live on. Go heeds no signal that is blocked.
   */
  private static final String DEAF = "--block-signal=XFSZ";

  private static final String READY = "mounted and ready";
  private static final int STATUS_WRONG_PASSWORD = 12;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long READY_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int END_TRIES = 20;
  private static final long END_TRY_MILLIS = 10;

  private final Process process;
  private final Path plain;
  private volatile boolean ready;

  private Gocryptfs(Process process, Path plain) {
    this.process = process;
    this.plain = plain;
    Thread.ofPlatform().daemon().name("gocryptfs-output").start(this::readOutput);
  }

  static Gocryptfs mount(OffHeapSecret key, Path cipher, Path plain) throws MountRefused {
    Process process =
        start(
            key,
            List.of("env", DEAF, "gocryptfs", "-fg", cipher.toString(), plain.toString()),
            ProcessBuilder.Redirect.PIPE);
    return new Gocryptfs(process, plain);
  }

  /** Makes the encrypted directory. */
  static void init(OffHeapSecret key, Path cipher) throws MountRefused {
    Process process =
        start(
            key,
            List.of("gocryptfs", "-init", "-q", "-scryptn", "10", cipher.toString()),
            ProcessBuilder.Redirect.to(NOWHERE));
    try {
      if (process.waitFor(PATIENCE_NANOS, TimeUnit.NANOSECONDS) && process.exitValue() == 0) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    throw new MountRefused("mount-failed", "gocryptfs could not make the encrypted directory");
  }

  Process process() {
    return process;
  }

  /**
   * Waits until it says that it is ready, or, should it say so in other words, has been mounted for
   * two seconds. Being mounted alone is too early: it still looks at its own mount then, and killed
   * while it does so it never ends.
   */
  void awaitReady() throws MountRefused {
    long start = System.nanoTime();
    while (!isMounted() || !(ready || System.nanoTime() - start > READY_NANOS)) {
      if (!process.isAlive()) {
        boolean wrong = process.exitValue() == STATUS_WRONG_PASSWORD;
        throw wrong
            ? new MountRefused("wrong-key", "this is not the workspace's key")
            : new MountRefused("damaged", "gocryptfs refused: status " + process.exitValue());
      }
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        throw new MountRefused("mount-failed", "gocryptfs did not mount within 10 s");
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }

  /** Its words have no secrets; it is ended by SIGPIPE if nobody reads them. */
  private void readOutput() {
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        ready |= line.contains(READY);
      }
    } catch (IOException e) {
      // It has ended.
      return;
    }
  }

  /**
   * Ends it, and with its memory the key; the view answers errors from then on. One that is killed
   * while it looks at its own mount waits for itself, so the mount is ended until it is gone.
   */
  void end() {
    try {
      for (int left = END_TRIES; left > 0; left--) {
        Kernel.endMount(plain);
        process.destroyForcibly();
        if (process.waitFor(END_TRY_MILLIS, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isMounted() {
    String wanted = " " + plain + " ";
    try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mountinfo"))) {
      return mounts.anyMatch(m -> m.contains(wanted) && m.contains(" fuse.gocryptfs "));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Process start(
      OffHeapSecret key, List<String> command, ProcessBuilder.Redirect output) throws MountRefused {
    try {
      Process process =
          new ProcessBuilder(command).redirectOutput(output).redirectError(NOWHERE).start();
      handOver(key, process);
      return process;
    } catch (IOException e) {
      throw new MountRefused("mount-failed", "gocryptfs can't be run", e);
    }
  }

  /**
   * A byte at a time: the stream's buffer is in the heap, and so never holds more of the key.
   *
   * @throws MountRefused if not all of it could be written: it takes what it has got at the end of
   *     its input for the whole, so it is killed before that. If it had ended by itself before it
   *     asked, its exit status says why, and nothing is thrown
   */
  private static void handOver(OffHeapSecret key, Process process) throws MountRefused {
    OutputStream input = process.getOutputStream();
    try {
      for (int i = 0; i < key.lengthBytes(); i++) {
        input.write(key.at(i));
        input.flush();
      }
      input.write('\n');
      input.close();
    } catch (IOException e) {
      if (!endsByItself(process)) {
        process.destroyForcibly();
        throw new MountRefused("mount-failed", "gocryptfs took no key", e);
      }
    }
  }

  private static boolean endsByItself(Process process) {
    try {
      return process.waitFor(READY_NANOS, TimeUnit.NANOSECONDS) && process.exitValue() != 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
