// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.kernel;

import java.io.IOException;
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
  private static final int O_CLOEXEC = 0x80000;
  private static final int EFD_NONBLOCK_CLOEXEC = O_NONBLOCK | O_CLOEXEC;
  private static final int EINTR = 4;
  private static final int EAGAIN = 11;
  private static final long TIOCGPGRP = 0x540f;
  private static final long TIOCSWINSZ = 0x5414;
  private static final int POLLIN = 1;
  private static final int POLLOUT = 4;
  private static final int FOREVER = -1;

  private final int descriptor;
  private final int ended;
  private final int[] waits;
  private final ByteBuffer typed = ByteBuffer.allocateDirect(WRITE_BYTES);
  private final long typedAt = LibC.address(typed);
  private boolean closed;

  /** Takes over the use of this descriptor, but not its number. */
  public PtyMaster(int descriptor) throws IOException {
    this.descriptor = descriptor;
    ended = LibC.eventfd(0, EFD_NONBLOCK_CLOEXEC);
    if (ended < 0 || LibC.fcntl(descriptor, F_SETFL, O_RDWR | O_NONBLOCK) != 0) {
      throw new IOException("a PTY can't be used without waiting");
    }
    waits = new int[] {descriptor, POLLIN, ended, POLLIN};
  }

  /**
   * Reads what is there into a direct buffer; its reader's thread only.
   *
   * @return bytes, 0 if there are none now, or {@link #ENDED}
   */
  public int read(ByteBuffer into) {
    long start = LibC.address(into) + into.position();
    long count = LibC.read(descriptor, start, into.remaining());
    if (count > 0) {
      into.position(into.position() + (int) count);
      return (int) count;
    }
    return count < 0 && mayComeLater() ? 0 : ENDED;
  }

  /** Waits for something to read; its reader's thread only. */
  public boolean awaitReadable() {
    return awaitReadable(FOREVER);
  }

  /**
   * The same for so long at most. False if nothing came, or nothing more comes because {@link
   * #programEnded} was said.
   */
  public boolean awaitReadable(int millis) {
    waits[1] = POLLIN;
    LibC.poll(waits, 2, millis);
    return waits[1] != POLLIN;
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
      if (count < 0 && !mayComeLater()) {
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
    typed.put(0, bytes, from, length);
    return LibC.write(fd, typedAt, length);
  }

  /** Waits until the PTY takes more, or so long. Any thread. */
  public void awaitWritable(int millis) {
    LibC.poll(new int[] {descriptor, POLLOUT}, 1, millis);
  }

  /** The process group in the foreground, tcgetpgrp(3), or 0 if there is none. Any thread. */
  public synchronized int foreground() {
    int[] group = new int[1];
    return !closed && LibC.ioctl(descriptor, TIOCGPGRP, group) == 0 ? group[0] : 0;
  }

  /** So large is the terminal from now on, TIOCSWINSZ of ioctl_tty(2). Any thread. */
  public synchronized void resize(int columns, int rows) {
    if (!closed) {
      // struct winsize { unsigned short ws_row, ws_col, ws_xpixel, ws_ypixel; }
      LibC.ioctl(descriptor, TIOCSWINSZ, new int[] {rows | columns << Short.SIZE, 0});
    }
  }

  /**
   * Closes the PTY, but leaves its number taken by something that hurts nobody: its owner still has
   * that number, and a thread may be about to use it.
   */
  public synchronized void close() {
    if (!closed) {
      closed = true;
      LibC.dup3(ended, descriptor, O_CLOEXEC);
      LibC.close(ended);
    }
  }

  private static boolean mayComeLater() {
    int number = LibC.errno();
    return number == EAGAIN || number == EINTR;
  }
}
