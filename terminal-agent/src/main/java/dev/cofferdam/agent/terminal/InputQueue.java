// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.terminal;

import java.util.ArrayDeque;
import java.util.Queue;

/** Keystrokes on their way to a PTY that may not read. Thread-safe. */
final class InputQueue {
  static final int MOST_BYTES = 1024 * 1024;

  /** A piece costs some 40 bytes besides its own. */
  static final int MOST_PIECES = 16 * 1024;

  private final Queue<byte[]> pieces = new ArrayDeque<>();
  private int waiting;
  private boolean closed;

  /** False if that would be too much; nothing was taken then. */
  synchronized boolean offer(byte[] bytes) {
    if (waiting + bytes.length > MOST_BYTES || pieces.size() >= MOST_PIECES) {
      return false;
    }
    waiting += bytes.length;
    pieces.add(bytes);
    notifyAll();
    return true;
  }

  /** Waits for the next piece; an empty array once closed. */
  synchronized byte[] take() throws InterruptedException {
    while (pieces.isEmpty() && !closed) {
      wait();
    }
    byte[] next = pieces.poll();
    if (next == null) {
      return new byte[0];
    }
    waiting -= next.length;
    return next;
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
