// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;

/**
 * The master side of a PTY, without waiting: pty(7).
 *
 * <p>A library's streams for it copy their whole buffer in and out for each read, wait in a second
 * system call and can't write without blocking. One thread reads and, in the end, closes; any may
 * write.
 */
public final class PtyMaster {
  /** What a read or write answers when the other side is gone. */
  public static final int ENDED = -1;

  /** The kernel takes and gives 4 KiB at a time (N_TTY_BUF_SIZE). */
  private static final int WRITE_BYTES = 4096;

  private static final int F_SETFL = 4;
  private static final int O_RDWR = 2;
  private static final int O_NONBLOCK = 0x800;
  private static final int EFD_NONBLOCK_CLOEXEC = 0x800 | 0x80000;
  private static final int EINTR = 4;
  private static final int EAGAIN = 11;
  private static final long TIOCGPGRP = 0x540f;
  private static final short POLLIN = 1;
  private static final short POLLOUT = 4;
  private static final long POLLFD_BYTES = 8;
  private static final long REVENTS_AT = 6;
  private static final long FOREVER = -1;

  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");

  // ssize_t read(int fd, void *buf, size_t count)
  private static final MethodHandle READ =
      Kernel.function(
          "read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG), ERRNO);

  // ssize_t write(int fd, const void *buf, size_t count)
  private static final MethodHandle WRITE =
      Kernel.function(
          "write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG), ERRNO);

  // int poll(struct pollfd *fds, nfds_t nfds, int timeout)
  private static final MethodHandle POLL =
      Kernel.function("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));

  // int eventfd(unsigned int initval, int flags)
  private static final MethodHandle EVENTFD =
      Kernel.function("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));

  // int fcntl(int fd, int op, ...)
  private static final MethodHandle FCNTL =
      Kernel.function(
          "fcntl",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT),
          Linker.Option.firstVariadicArg(2));

  // int ioctl(int fd, unsigned long op, ...)
  private static final MethodHandle IOCTL =
      Kernel.function(
          "ioctl",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
          Linker.Option.firstVariadicArg(2));

  // int close(int fd)
  private static final MethodHandle CLOSE =
      Kernel.function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private final int descriptor;
  private final int ended;
  private final Arena arena = Arena.ofAuto();
  private final MemorySegment waits = arena.allocate(2 * POLLFD_BYTES, 4);
  private final MemorySegment readErrno = arena.allocate(Linker.Option.captureStateLayout());
  private final MemorySegment writeErrno = arena.allocate(Linker.Option.captureStateLayout());
  private final MemorySegment typed = arena.allocate(WRITE_BYTES);
  private boolean closed;

  /** Takes over the use, not the closing, of this descriptor. */
  public PtyMaster(int descriptor) throws IOException {
    this.descriptor = descriptor;
    ended = call(() -> (int) EVENTFD.invokeExact(0, EFD_NONBLOCK_CLOEXEC));
    int flags = O_RDWR | O_NONBLOCK;
    if (ended < 0 || call(() -> (int) FCNTL.invokeExact(descriptor, F_SETFL, flags)) != 0) {
      throw new IOException("a PTY can't be used without waiting");
    }
    await(0, descriptor, POLLIN);
    await(1, ended, POLLIN);
  }

  private void await(int index, int fd, short events) {
    waits.set(JAVA_INT, index * POLLFD_BYTES, fd);
    waits.set(JAVA_SHORT, index * POLLFD_BYTES + 4, events);
  }

  /**
   * Reads what is there into a direct buffer; its reader's thread only.
   *
   * @return bytes, 0 if there are none now, or {@link #ENDED}
   */
  public int read(ByteBuffer into) {
    MemorySegment room = MemorySegment.ofBuffer(into);
    long count = call(() -> (long) READ.invokeExact(readErrno, descriptor, room, room.byteSize()));
    if (count > 0) {
      into.position(into.position() + (int) count);
      return (int) count;
    }
    return count < 0 && mayComeLater(readErrno) ? 0 : ENDED;
  }

  /** Waits for something to read; its reader's thread only. */
  public boolean awaitReadable() {
    return awaitReadable(FOREVER);
  }

  /**
   * The same for so long at most. False if nothing came, or nothing more comes because {@link
   * #programEnded} was said.
   */
  public boolean awaitReadable(long millis) {
    waits.set(JAVA_SHORT, REVENTS_AT, (short) 0);
    call(() -> (int) POLL.invokeExact(waits, 2L, (int) millis));
    return waits.get(JAVA_SHORT, REVENTS_AT) != 0;
  }

  /**
   * Its program has ended: what is there is still read, but nobody waits for what its children
   * write. Any thread.
   */
  public synchronized void programEnded() {
    if (!closed) {
      writeTo(ended, new byte[] {1, 0, 0, 0, 0, 0, 0, 0}, 0, Long.BYTES);
    }
  }

  /**
   * Writes what the PTY takes now. Any thread.
   *
   * @return bytes taken, perhaps 0, or {@link #ENDED}
   */
  public synchronized int write(byte[] bytes, int from) {
    int at = from;
    while (!closed && at < bytes.length) {
      int most = Math.min(WRITE_BYTES, bytes.length - at);
      long count = writeTo(descriptor, bytes, at, most);
      if (count < 0 && !mayComeLater(writeErrno)) {
        return ENDED;
      }
      at += (int) Math.max(0, count);
      if (count < most) {
        return at - from;
      }
    }
    return closed ? ENDED : at - from;
  }

  private long writeTo(int fd, byte[] bytes, int from, int length) {
    MemorySegment.copy(bytes, from, typed, java.lang.foreign.ValueLayout.JAVA_BYTE, 0, length);
    return call(() -> (long) WRITE.invokeExact(writeErrno, fd, typed, (long) length));
  }

  /** Waits until the PTY takes more, or so long. Any thread. */
  public void awaitWritable(int millis) {
    try (Arena ours = Arena.ofConfined()) {
      MemorySegment wait = ours.allocate(POLLFD_BYTES, 4);
      wait.set(JAVA_INT, 0, descriptor);
      wait.set(JAVA_SHORT, 4, POLLOUT);
      call(() -> (int) POLL.invokeExact(wait, 1L, millis));
    }
  }

  /** The process group in the foreground, tcgetpgrp(3), or 0 if there is none. Any thread. */
  public synchronized int foreground() {
    if (closed) {
      return 0;
    }
    try (Arena ours = Arena.ofConfined()) {
      MemorySegment group = ours.allocate(JAVA_INT);
      int result = call(() -> (int) IOCTL.invokeExact(descriptor, TIOCGPGRP, group));
      return result == 0 ? group.get(JAVA_INT, 0) : 0;
    }
  }

  /** From now on nothing is written to the descriptor, which its owner may close then. */
  public synchronized void close() {
    if (!closed) {
      closed = true;
      call(() -> (int) CLOSE.invokeExact(ended));
    }
  }

  private static boolean mayComeLater(MemorySegment errno) {
    int number = errno.get(JAVA_INT, 0);
    return number == EAGAIN || number == EINTR;
  }

  private interface Call<T> {
    T run() throws Throwable;
  }

  private static <T> T call(Call<T> call) {
    try {
      return call.run();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("the C library can't be called", e);
    }
  }
}
