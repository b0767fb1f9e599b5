// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.mount;

import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.secrets.SecretBytes;
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

/**
 * A workspace's ciphertext and its mount by gocryptfs(1).
 *
 * <p>The key is gocryptfs's password: its own configuration then tells a wrong one (exit status
 * 12), the canary does so again. {@code -scryptn 10} since the key is random already.
 */
public final class EncryptedTree {
  private static final File NOWHERE = new File("/dev/null");
  private static final int STATUS_WRONG_PASSWORD = 12;
  private static final long MOUNT_SECONDS = 10;
  private static final long END_MILLIS = 200;
  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Path cipher;
  private final Path plain;
  private final WorkspaceId workspace;

  public EncryptedTree(Path cipher, Path plain, WorkspaceId workspace) {
    this.cipher = cipher;
    this.plain = plain;
    this.workspace = workspace;
  }

  /** A mount that has passed every check; {@link #files} is the user's part of it. */
  public record Mounted(Process gocryptfs, Path files) {
    /**
     * Ends gocryptfs, and with its memory the key; the view answers errors from then on. The mount
     * itself goes with this process's mount namespace: to detach it would take a new process, and a
     * fork bomb may have used those up.
     */
    public void end() {
      EncryptedTree.end(gocryptfs);
    }
  }

  /**
   * @param key wiped by the caller
   * @throws MountRefused with slug {@code wrong-key}, {@code damaged} or {@code mount-failed};
   *     nobody reads the key then
   */
  public Mounted mount(SecretBytes key, boolean firstOpen) throws MountRefused {
    prepare(key, firstOpen);
    Process gocryptfs = start(key, List.of("gocryptfs", "-q", "-fg", cipher + "", plain + ""));
    try {
      awaitMount(gocryptfs);
      new Canary(plain, workspace).check(firstOpen);
      Path files = plain.resolve("home");
      Files.createDirectories(files);
      return new Mounted(gocryptfs, files);
    } catch (MountRefused e) {
      end(gocryptfs);
      throw e;
    } catch (IOException e) {
      end(gocryptfs);
      throw new MountRefused("damaged", "the workspace is damaged: " + e.getMessage(), e);
    }
  }

  private static void end(Process gocryptfs) {
    gocryptfs.destroyForcibly();
    try {
      gocryptfs.waitFor(END_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void prepare(SecretBytes key, boolean firstOpen) throws MountRefused {
    if (Files.exists(cipher.resolve("gocryptfs.conf"))) {
      return;
    }
    if (!firstOpen || !isEmpty()) {
      throw new MountRefused("damaged", "the workspace is damaged: its configuration is missing");
    }
    Process init =
        start(key, List.of("gocryptfs", "-init", "-q", "-scryptn", "10", cipher.toString()));
    if (await(init) != 0) {
      throw new MountRefused("mount-failed", "gocryptfs could not make the encrypted directory");
    }
  }

  private boolean isEmpty() throws MountRefused {
    try (Stream<Path> entries = Files.list(cipher)) {
      return entries.findAny().isEmpty();
    } catch (IOException e) {
      throw new MountRefused("mount-failed", "the ciphertext can't be read", e);
    }
  }

  private void awaitMount(Process gocryptfs) throws MountRefused {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOUNT_SECONDS);
    while (!isMounted()) {
      if (!gocryptfs.isAlive()) {
        boolean wrong = gocryptfs.exitValue() == STATUS_WRONG_PASSWORD;
        throw wrong
            ? new MountRefused("wrong-key", "this is not the workspace's key")
            : new MountRefused("damaged", "gocryptfs refused: status " + gocryptfs.exitValue());
      }
      if (System.nanoTime() > end) {
        throw new MountRefused("mount-failed", "gocryptfs did not mount within 10 s");
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
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

  private static Process start(SecretBytes key, List<String> command) throws MountRefused {
    try {
      Process process = quiet(command).redirectInput(ProcessBuilder.Redirect.PIPE).start();
      try {
        OutputStream input = process.getOutputStream();
        key.use(bytes -> write(input, bytes));
        closeQuietly(input);
      } catch (UncheckedIOException e) {
        process.destroyForcibly();
        throw new MountRefused("mount-failed", "gocryptfs took no key", e);
      }
      return process;
    } catch (IOException e) {
      throw new MountRefused("mount-failed", "gocryptfs can't be run", e);
    }
  }

  private static void closeQuietly(OutputStream input) {
    try {
      input.close();
    } catch (IOException e) {
      // Its last bytes are zeros that nobody waits for.
      return;
    }
  }

  private static void write(OutputStream input, byte[] key) {
    try {
      input.write(key);
      input.write('\n');
      input.flush();
      // The stream has copied the key into its buffer: write over that. gocryptfs has its line.
      input.write(new byte[key.length + 1]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProcessBuilder quiet(List<String> command) {
    return new ProcessBuilder(command)
        .redirectInput(NOWHERE)
        .redirectOutput(NOWHERE)
        .redirectError(NOWHERE);
  }

  private static int await(Process process) throws MountRefused {
    try {
      if (process.waitFor(MOUNT_SECONDS, TimeUnit.SECONDS)) {
        return process.exitValue();
      }
      process.destroyForcibly();
      throw new MountRefused("mount-failed", "gocryptfs took longer than 10 s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MountRefused("mount-failed", "interrupted", e);
    }
  }
}
