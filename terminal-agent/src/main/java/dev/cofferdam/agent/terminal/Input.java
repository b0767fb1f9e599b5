// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.terminal;

import dev.cofferdam.agent.kernel.PtyMaster;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ThreadFactory;

/**
 * Keystrokes on their way to a PTY. They are written by whoever brings them; what the PTY does not
 * take is written by a thread that lives as long as something waits. Thread-safe.
 */
final class Input {
  static final int MOST_BYTES = 1024 * 1024;

  /** A piece costs some 40 bytes besides its own. */
  static final int MOST_PIECES = 16 * 1024;

  /** How soon a writer sees that the input was closed. */
  private static final int LOOK_EVERY_MILLIS = 1000;

  private final PtyMaster pty;
  private final ThreadFactory threads;
  private final Queue<byte[]> pieces = new ArrayDeque<>();
  private int waiting;
  private int firstAt;
  private boolean isWriting;
  private boolean closed;

  /** {@code writer}: the name of the thread that writes what must wait. */
  Input(PtyMaster pty, String writer) {
    this(pty, Thread.ofPlatform().daemon().name(writer).factory());
  }

  Input(PtyMaster pty, ThreadFactory threads) {
    this.pty = pty;
    this.threads = threads;
  }

  /** Never waits. False if that would be too much; nothing was taken then. */
  synchronized boolean offer(byte[] bytes) {
    if (closed) {
      return true;
    }
    if (!isWriting && writeSome()) {
      write();
    }
    if (pieces.isEmpty()) {
      int taken = pty.write(bytes, 0);
      if (taken == PtyMaster.ENDED || taken == bytes.length) {
        return true;
      }
      keep(bytes, taken);
      write();
      return true;
    }
    if (waiting + bytes.length > MOST_BYTES || pieces.size() >= MOST_PIECES) {
      return false;
    }
    keep(bytes, 0);
    return true;
  }

  /** Where programs have taken all threads that the box may have, the next input tries again. */
  private void write() {
    try {
      threads.newThread(this::writeWaiting).start();
      isWriting = true;
    } catch (OutOfMemoryError e) {
      isWriting = false;
    }
  }

  private void keep(byte[] bytes, int from) {
    if (pieces.isEmpty()) {
      firstAt = from;
    }
    pieces.add(bytes);
    waiting += bytes.length - from;
  }

  private void writeWaiting() {
    try {
      while (writeSome()) {
        pty.awaitWritable(LOOK_EVERY_MILLIS);
      }
    } catch (RuntimeException | Error e) {
      writesNoMore();
      throw e;
    }
  }

  private synchronized void writesNoMore() {
    isWriting = false;
  }

  /** Whether something still waits. */
  private synchronized boolean writeSome() {
    while (!closed && !pieces.isEmpty()) {
      byte[] first = pieces.element();
      int taken = pty.write(first, firstAt);
      if (taken == PtyMaster.ENDED) {
        close();
        return false;
      }
      waiting -= taken;
      firstAt += taken;
      if (firstAt < first.length) {
        return true;
      }
      pieces.remove();
      firstAt = 0;
    }
    isWriting = false;
    return false;
  }

  /** Nothing is written any more; what waits is dropped. */
  synchronized void close() {
    closed = true;
    pieces.clear();
    waiting = 0;
  }
}
