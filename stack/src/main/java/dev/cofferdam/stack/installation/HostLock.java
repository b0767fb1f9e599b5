// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.installation;

import dev.cofferdam.stack.process.StartFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Held by one start of this host at a time; whoever dies gives it back. */
final class HostLock implements AutoCloseable {
  /** Making users takes some seconds on a slow machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Duration PAUSE = Duration.ofMillis(50);

  private final FileChannel channel;

  private HostLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws StartFailure if another start has it for longer than a minute
   */
  static HostLock take(Path file) throws IOException {
    return take(file, PATIENCE);
  }

  static HostLock take(Path file, Duration patience) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      long began = System.nanoTime();
      while (tryIt(channel) == null) {
        if (System.nanoTime() - began > patience.toNanos()) {
          throw new StartFailure("another start holds " + file + ": try again");
        }
        Thread.sleep(PAUSE);
      }
      return new HostLock(channel);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      channel.close();
      throw new StartFailure("interrupted while another start held " + file, e);
    } catch (IOException | StartFailure e) {
      channel.close();
      throw e;
    }
  }

  private static @Nullable FileLock tryIt(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // by another thread of ours
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
