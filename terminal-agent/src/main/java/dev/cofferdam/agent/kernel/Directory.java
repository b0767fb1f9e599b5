// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A directory that is read by its descriptor, so that neither a path that is too long nor a link
 * leads astray: names are not even looked at. Only its own thread uses it.
 */
public final class Directory implements AutoCloseable {
  private static final MethodHandle OPENAT =
      // int openat(int dirfd, const char *pathname, int flags, ...)
      Kernel.function(
          "openat",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT),
          Linker.Option.firstVariadicArg(3));

  private static final MethodHandle CLOSE =
      // int close(int fd)
      Kernel.function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private static final MethodHandle FDOPENDIR =
      // DIR *fdopendir(int fd)
      Kernel.function(
          "fdopendir", FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT));

  private static final MethodHandle READDIR =
      // struct dirent *readdir(DIR *dirp)
      Kernel.function("readdir", FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS));

  private static final MethodHandle CLOSEDIR =
      // int closedir(DIR *dirp)
      Kernel.function("closedir", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));

  private static final MethodHandle STATX =
      // int statx(int dirfd, const char *pathname, int flags, unsigned int mask, struct statx *buf)
      Kernel.function(
          "statx",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS));

  private static final int AT_FDCWD = -100;
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int STATX_BASIC_STATS = 0x7ff;

  /** O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC differ by architecture; these are those of this one. */
  private static final int HOW =
      "aarch64".equals(System.getProperty("os.arch"))
          ? 0x4000 | 0x8000 | 0x80000
          : 0x10000 | 0x20000 | 0x80000;

  /** Of struct dirent on 64-bit Linux: where the name begins, and how large it is at most. */
  private static final long NAME_AT = 19;

  private static final long DIRENT_BYTES = 280;

  /** Of struct statx, statx(2). */
  private static final long STATX_BYTES = 256;

  private static final long LINKS_AT = 16;
  private static final long MODE_AT = 28;
  private static final long INODE_AT = 32;
  private static final long SIZE_AT = 40;
  private static final long BLOCKS_AT = 48;
  private static final int BLOCK_BYTES = 512;
  private static final int TYPE_MASK = 0xF000;
  private static final int TYPE_DIRECTORY = 0x4000;

  private final int descriptor;
  private final MemorySegment stream;
  private final MemorySegment attributes;
  private MemorySegment name = MemorySegment.NULL;

  private Directory(int descriptor, MemorySegment stream, MemorySegment attributes) {
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

  /** Empty if it can't be opened. The memory is the arena's. */
  public static Optional<Directory> open(Path directory, Arena arena) {
    MemorySegment path = arena.allocateFrom(directory.toString());
    return open(AT_FDCWD, path, arena.allocate(STATX_BYTES, Long.BYTES));
  }

  private static Optional<Directory> open(int parent, MemorySegment name, MemorySegment buffer) {
    try {
      int opened = (int) OPENAT.invokeExact(parent, name, HOW);
      if (opened < 0) {
        return Optional.empty();
      }
      MemorySegment stream = (MemorySegment) FDOPENDIR.invokeExact(opened);
      if (stream.address() == 0) {
        int closed = (int) CLOSE.invokeExact(opened);
        assert closed == 0;
        return Optional.empty();
      }
      return Optional.of(new Directory(opened, stream, buffer));
    } catch (Throwable e) {
      throw new IllegalStateException("a directory can't be opened", e);
    }
  }

  /** The directory that {@link #next} has just given; empty if it is gone or can't be opened. */
  public Optional<Directory> enter() {
    return open(descriptor, name, attributes);
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

  @SuppressWarnings("restricted") // the library says how large what it points to is
  private Optional<Entry> next(int flags) {
    try {
      while (true) {
        MemorySegment found = (MemorySegment) READDIR.invokeExact(stream);
        if (found.address() == 0) {
          return Optional.empty();
        }
        name = found.reinterpret(DIRENT_BYTES).asSlice(NAME_AT);
        if (!isDots() && look(flags)) {
          return Optional.of(entry());
        }
      }
    } catch (Throwable e) {
      throw new IllegalStateException("a directory can't be read", e);
    }
  }

  private boolean isDots() {
    byte second = name.get(ValueLayout.JAVA_BYTE, 1);
    boolean isDot = name.get(ValueLayout.JAVA_BYTE, 0) == '.';
    return isDot && (second == 0 || second == '.' && name.get(ValueLayout.JAVA_BYTE, 2) == 0);
  }

  private boolean look(int flags) {
    try {
      return (int) STATX.invokeExact(descriptor, name, flags, STATX_BASIC_STATS, attributes) == 0;
    } catch (Throwable e) {
      throw new IllegalStateException("statx failed", e);
    }
  }

  private Entry entry() {
    int mode = Short.toUnsignedInt(attributes.get(ValueLayout.JAVA_SHORT, MODE_AT));
    return new Entry(
        (mode & TYPE_MASK) == TYPE_DIRECTORY,
        attributes.get(ValueLayout.JAVA_INT, LINKS_AT),
        attributes.get(ValueLayout.JAVA_LONG, INODE_AT),
        Math.max(
            attributes.get(ValueLayout.JAVA_LONG, SIZE_AT),
            attributes.get(ValueLayout.JAVA_LONG, BLOCKS_AT) * BLOCK_BYTES));
  }

  @Override
  public void close() {
    try {
      int closed = (int) CLOSEDIR.invokeExact(stream);
      assert closed == 0;
    } catch (Throwable e) {
      throw new IllegalStateException("closedir failed", e);
    }
  }
}
