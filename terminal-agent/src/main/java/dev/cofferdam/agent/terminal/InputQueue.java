// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.terminal;

import java.util.ArrayDeque;
import java.util.Queue;

/** Keystrokes on their way to a PTY that may not read; at most 1 MiB waits. Thread-safe. */
final class InputQueue {
  static final int MOST_BYTES = 1024 * 1024;

  private final Queue<byte[]> pieces = new ArrayDeque<>();
  private int waiting;
  private boolean closed;

  /** False if that would be too much; nothing was taken then. */
  synchronized boolean offer(byte[] bytes) {
    if (waiting + bytes.length > MOST_BYTES) {
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
