// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.storage;

import dev.cofferdam.agent.kernel.Directory;
import dev.cofferdam.agent.kernel.Directory.Entry;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Counts what an encrypted tree takes of the disk. Each entry counts its length, holes too, since
 * memory that is mapped to a file fills them past every limit; or what it takes of the disk, if
 * that is more; and {@value #LEAST_BYTES} bytes at least, since names and inodes are no bytes of
 * files. A file of several names counts in equal parts at each. Files that were deleted and are
 * still open count until they are closed.
 */
final class CiphertextUse {
  static final long LEAST_BYTES = 4096;

  /** Each level costs a descriptor and a frame of the stack. */
  static final int DEEPEST = 512;

  private static final int PAUSE_EVERY = 1024;

  private final Path cipher;
  private final Path held;
  private final Runnable pause;
  private int looked;

  /**
   * @param held {@code /proc/PID/fd} of whoever has files of it open
   * @param pause called now and then: counting may take long
   */
  CiphertextUse(Path cipher, Path held, Runnable pause) {
    this.pause = pause;
    this.cipher = cipher;
    this.held = held;
  }

  /**
   * @throws Uncountable if it can't be read to the end, for instance since it is too deep
   */
  long bytes() throws Uncountable {
    Directory root = Directory.open(cipher).orElseThrow(() -> new Uncountable("no ciphertext"));
    return below(root, 1) + deleted();
  }

  private long below(Directory directory, int depth) throws Uncountable {
    long bytes = 0;
    try (directory) {
      for (Optional<Entry> next = directory.next(); next.isPresent(); next = directory.next()) {
        Entry entry = next.get();
        looked++;
        if (looked % PAUSE_EVERY == 0) {
          pause.run();
        }
        if (entry.isDirectory()) {
          bytes += cost(entry) + inside(directory, depth);
        } else {
          bytes += Math.ceilDiv(cost(entry), Math.max(1, entry.links()));
        }
      }
    }
    return bytes;
  }

  private long inside(Directory parent, int depth) throws Uncountable {
    Optional<Directory> child = depth < DEEPEST ? parent.enter() : Optional.empty();
    if (child.isPresent()) {
      return below(child.get(), depth + 1);
    }
    if (parent.isThere()) {
      throw new Uncountable("a directory can't be opened, or is too deep");
    }
    return 0;
  }

  private long deleted() {
    long bytes = 0;
    Optional<Directory> open = Directory.open(held);
    if (open.isPresent()) {
      try (Directory all = open.get()) {
        for (Optional<Entry> next = all.nextTarget(); next.isPresent(); next = all.nextTarget()) {
          bytes += next.get().links() == 0 ? cost(next.get()) : 0;
        }
      }
    }
    return bytes;
  }

  private static long cost(Entry entry) {
    return Math.max(LEAST_BYTES, entry.bytes());
  }
}
