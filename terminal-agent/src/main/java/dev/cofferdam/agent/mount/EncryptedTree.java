// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.mount;

import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.secrets.OffHeapSecret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A workspace's ciphertext and its mount.
 *
 * <p>The key is gocryptfs's password: its own configuration then tells a wrong one (exit status
 * 12), the canary does so again. {@code -scryptn 10} since the key is random already.
 */
public final class EncryptedTree {
  private static final String CONFIGURATION = "gocryptfs.conf";
  private static final String DIRECTORY_IV = "gocryptfs.diriv";

  /** The name of a file whose encrypted name is too long to be one, in a file beside it. */
  private static final String LONG_NAME = "gocryptfs.longname.";

  /** What gocryptfs makes of itself; an opened workspace has at least the canary too. */
  private static final Set<String> UNUSED =
      Set.of(CONFIGURATION, CONFIGURATION + ".tmp", DIRECTORY_IV);

  private final Path cipher;
  private final Path plain;
  private final WorkspaceId workspace;
  private volatile @Nullable Gocryptfs gocryptfs;

  public EncryptedTree(Path cipher, Path plain, WorkspaceId workspace) {
    this.cipher = cipher;
    this.plain = plain;
    this.workspace = workspace;
  }

  /** A mount that has passed every check; {@link #files} is the user's part of it. */
  public static final class Mounted {
    private final Gocryptfs gocryptfs;
    private final Path files;
    private final Path place;

    private Mounted(Gocryptfs gocryptfs, Path files, Path place) {
      this.gocryptfs = gocryptfs;
      this.files = files;
      this.place = place;
    }

    public Path files() {
      return files;
    }

    /** A file, perhaps not there, beside the user's part and so out of his reach. */
    public Path place() {
      return place;
    }

    /** Of gocryptfs, through which every byte of the files passes. */
    public long pid() {
      return gocryptfs.process().pid();
    }

    /** Called once when gocryptfs has ended, on a thread of the JDK. */
    public void onEnd(Runnable action) {
      gocryptfs.process().onExit().thenRun(action);
    }
  }

  /**
   * Takes view and key away, also while it is just being mounted. Needs no new process: a fork bomb
   * may have used those up. Any thread.
   */
  public void end() {
    Gocryptfs running = gocryptfs;
    if (running != null) {
      running.end();
    }
  }

  /**
   * @param key wiped by the caller
   * @throws MountRefused with slug {@code wrong-key}, {@code damaged} or {@code mount-failed};
   *     nothing is mounted then
   */
  public Mounted mount(OffHeapSecret key, boolean firstOpen) throws MountRefused {
    prepare(key, firstOpen);
    Gocryptfs mounting = Gocryptfs.mount(key, cipher, plain);
    gocryptfs = mounting;
    try {
      mounting.awaitReady();
      Path files = plain.resolve("home");
      if (firstOpen) {
        // Before the canary: where that is, all of them are.
        Files.createDirectories(files);
      }
      new Canary(plain, workspace).check(firstOpen);
      requireReadable(files);
      return new Mounted(mounting, files, plain.resolve("place"));
    } catch (MountRefused e) {
      mounting.end();
      throw e;
    } catch (IOException e) {
      mounting.end();
      throw new MountRefused("damaged", "the workspace is damaged: " + e.getMessage(), e);
    }
  }

  /**
   * A lost directory is no empty one. Nor is one whose names can't be decrypted, although gocryptfs
   * 2.3 shows it so: it leaves such names out.
   */
  private void requireReadable(Path files) throws IOException, MountRefused {
    if (!Files.isDirectory(files, LinkOption.NOFOLLOW_LINKS)) {
      throw new MountRefused("damaged", "the workspace is damaged: its files are missing");
    }
    if (isEmpty(files) && hasNames()) {
      throw new MountRefused("damaged", "the workspace is damaged: its names can't be decrypted");
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Whether something is in the only directory that the encrypted one has. */
  private boolean hasNames() throws IOException {
    try (Stream<Path> found = Files.find(cipher, 2, (path, kind) -> isName(path))) {
      return found.findAny().isPresent();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private boolean isName(Path path) {
    String name = path.getFileName().toString();
    boolean ofGocryptfs =
        name.equals(DIRECTORY_IV) || name.startsWith(LONG_NAME) && name.endsWith(".name");
    return cipher.relativize(path).getNameCount() == 2 && !ofGocryptfs;
  }

  /**
   * Makes the encrypted directory where there is none. One in which nothing was ever written was
   * not finished, whoever or whatever cut it short: it is made anew.
   */
  private void prepare(OffHeapSecret key, boolean firstOpen) throws MountRefused {
    Set<String> entries = entries();
    if (entries.contains(CONFIGURATION) && !(firstOpen && UNUSED.containsAll(entries))) {
      return;
    }
    if (!firstOpen || !UNUSED.containsAll(entries)) {
      throw new MountRefused("damaged", "the workspace is damaged: its configuration is missing");
    }
    try {
      for (String unfinished : entries) {
        Files.delete(cipher.resolve(unfinished));
      }
    } catch (IOException e) {
      throw new MountRefused("mount-failed", "an unfinished directory can't be made anew", e);
    }
    Gocryptfs.init(key, cipher);
  }

  private Set<String> entries() throws MountRefused {
    try (Stream<Path> entries = Files.list(cipher)) {
      return entries.map(entry -> entry.getFileName().toString()).collect(Collectors.toSet());
    } catch (IOException e) {
      throw new MountRefused("mount-failed", "the ciphertext can't be read", e);
    }
  }
}
