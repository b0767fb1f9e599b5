// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.place;

import dev.cofferdam.stack.installation.Installation;
import dev.cofferdam.stack.process.StartFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The one directory of mode 0700 below which everything lasting lies. */
public record DataDirectory(Path root) {
  private static final String PRIVATE = "rwx------";

  /** The path of a Unix socket and its final zero have 108 bytes (unix(7)). */
  private static final int LONGEST_SOCKET_BYTES = 107;

  /** Locks that nobody refers to are released by the garbage collector. */
  private static final List<FileLock> HELD = new CopyOnWriteArrayList<>();

  /**
   * Makes what is missing; an existing directory is closed to others.
   *
   * @throws StartFailure if it is somebody else's: links in there could lead us anywhere
   */
  public void prepare() throws IOException {
    if (controlSocket().toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET_BYTES) {
      throw new StartFailure("the data directory's path is too long: choose one with --data");
    }
    Files.createDirectories(root);
    requireOurs();
    for (Path each : new Path[] {root, logs(), run()}) {
      Files.createDirectories(each);
      Files.setPosixFilePermissions(each, PosixFilePermissions.fromString(PRIVATE));
    }
  }

  private void requireOurs() throws IOException {
    Object owner = Files.getAttribute(root, "unix:uid");
    if (!owner.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
      throw new StartFailure(
          root + " belongs to another user: choose a directory of your own with --data");
    }
  }

  /** Whether a start of ours has made it, so that it may be destroyed, also if it was cut short. */
  public boolean isCofferdams() {
    return Files.isRegularFile(lockFile(), LinkOption.NOFOLLOW_LINKS)
        || Files.isDirectory(of("vault"), LinkOption.NOFOLLOW_LINKS)
            && Files.isDirectory(logs(), LinkOption.NOFOLLOW_LINKS);
  }

  /** Which of this host's it is; empty if it does not say so, or not so that it can be read. */
  public Optional<Installation> installation() throws IOException {
    try {
      return Installation.of(root);
    } catch (StartFailure e) {
      return Optional.empty();
    }
  }

  private Path lockFile() {
    return run().resolve("lock");
  }

  /** A part's own directory; the part's user owns it. */
  public Path of(String part) {
    return root.resolve(part);
  }

  public Path logs() {
    return root.resolve("logs");
  }

  private Path run() {
    return root.resolve("run");
  }

  public Path controlSocket() {
    return run().resolve("control.sock");
  }

  /** Where the unseal key is kept if somebody asked for that; absent otherwise. */
  public Path rememberedKey() {
    return root.resolve("unseal-key");
  }

  /** That somebody has sealed Vault; absent otherwise. */
  public Path sealMark() {
    return root.resolve("sealed");
  }

  /** That Vault was never set up to the end; absent otherwise. */
  public Path setUpMark() {
    return root.resolve("setting-up");
  }

  /** What verifies heads of the audit ledger, as PEM; absent before the first start. */
  public Path auditKey() {
    return root.resolve("audit-key.pem");
  }

  /** Signed heads of the audit ledger, a line each; absent until there is one. */
  public Path auditHeads() {
    return of("audit").resolve("heads.jsonl");
  }

  /** What describes where else one can sign in, if somebody put it there. */
  public Optional<Path> providers() {
    return Optional.of(root.resolve("providers")).filter(Files::exists);
  }

  /** What says when there is an alert and who is told, if somebody put it there. */
  public Optional<Path> alerts() {
    return Optional.of(root.resolve("alerts")).filter(Files::exists);
  }

  /** Held for as long as the program runs; empty if another holds it. */
  @SuppressWarnings("resource") // the lock lives as long as this process
  public Optional<FileLock> lock() throws IOException {
    FileChannel channel =
        FileChannel.open(lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      Optional<FileLock> lock = Optional.ofNullable(channel.tryLock());
      lock.ifPresentOrElse(HELD::add, () -> closeQuietly(channel));
      return lock;
    } catch (OverlappingFileLockException e) {
      closeQuietly(channel);
      return Optional.empty();
    }
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing was written to it.
      return;
    }
  }
}
