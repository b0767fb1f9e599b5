// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.kernel;

import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A directory that is read by its descriptor, so that neither a path that is too long nor a link
 * leads astray: names are not even looked at. Only its own thread uses it.
 */
public final class Directory implements AutoCloseable {
  private static final int AT_FDCWD = -100;
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int STATX_BASIC_STATS = 0x7ff;

  /** O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC differ by architecture; these are those of this one. */
  private static final int HOW =
      "aarch64".equals(System.getProperty("os.arch"))
          ? 0x4000 | 0x8000 | 0x80000
          : 0x10000 | 0x20000 | 0x80000;

  /** Of struct dirent on 64-bit Linux: where the name begins. */
  private static final long NAME_AT = 19;

  /** Of struct statx, statx(2). */
  private static final int STATX_BYTES = 256;

  private static final int LINKS_AT = 16;
  private static final int MODE_AT = 28;
  private static final int INODE_AT = 32;
  private static final int SIZE_AT = 40;
  private static final int BLOCKS_AT = 48;
  private static final int BLOCK_BYTES = 512;
  private static final int TYPE_MASK = 0xF000;
  private static final int TYPE_DIRECTORY = 0x4000;

  private final int descriptor;
  private final long stream;
  private final byte[] attributes;
  private long name;

  private Directory(int descriptor, long stream, byte[] attributes) {
    this.descriptor = descriptor;
    this.stream = stream;
    this.attributes = attributes;
  }

  /**
   * What is in a directory.
   *
   * @param links how many names it has; none if it is only held open
   * @param bytes its length, or what it takes of the disk if that is more
   */
  public record Entry(boolean isDirectory, int links, long inode, long bytes) {}

  /** Empty if it can't be opened. */
  public static Optional<Directory> open(Path directory) {
    return of(LibC.openat(AT_FDCWD, directory.toString(), HOW), new byte[STATX_BYTES]);
  }

  private static Optional<Directory> of(int opened, byte[] attributes) {
    if (opened < 0) {
      return Optional.empty();
    }
    long stream = LibC.fdopendir(opened);
    if (stream == 0) {
      LibC.close(opened);
      return Optional.empty();
    }
    return Optional.of(new Directory(opened, stream, attributes));
  }

  /** The directory that {@link #next} has just given; empty if it is gone or can't be opened. */
  public Optional<Directory> enter() {
    return of(LibC.openat(descriptor, name, HOW), attributes);
  }

  /** The next entry; what goes away meanwhile is passed over. Empty at the end. */
  public Optional<Entry> next() {
    return next(AT_SYMLINK_NOFOLLOW);
  }

  /** The same of whatever it leads to. */
  public Optional<Entry> nextTarget() {
    return next(0);
  }

  /** Whether what {@link #next} has just given is still there. */
  public boolean isThere() {
    return look(AT_SYMLINK_NOFOLLOW);
  }

  private Optional<Entry> next(int flags) {
    while (true) {
      long found = LibC.readdir(stream);
      if (found == 0) {
        return Optional.empty();
      }
      name = found + NAME_AT;
      if (!isDots() && look(flags)) {
        return Optional.of(entry());
      }
    }
  }

  private boolean isDots() {
    Pointer text = new Pointer(name);
    byte second = text.getByte(1);
    return text.getByte(0) == '.' && (second == 0 || second == '.' && text.getByte(2) == 0);
  }

  private boolean look(int flags) {
    return LibC.statx(descriptor, name, flags, STATX_BASIC_STATS, attributes) == 0;
  }

  private Entry entry() {
    ByteBuffer found = ByteBuffer.wrap(attributes).order(ByteOrder.nativeOrder());
    int mode = Short.toUnsignedInt(found.getShort(MODE_AT));
    return new Entry(
        (mode & TYPE_MASK) == TYPE_DIRECTORY,
        found.getInt(LINKS_AT),
        found.getLong(INODE_AT),
        Math.max(found.getLong(SIZE_AT), found.getLong(BLOCKS_AT) * BLOCK_BYTES));
  }

  @Override
  public void close() {
    LibC.closedir(stream);
  }
}
