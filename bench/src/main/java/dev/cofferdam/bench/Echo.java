// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Times from a keystroke to its echo; the terminal runs cat, so that the kernel echoes. */
final class Echo {
  private static final byte[] KEY = {'x'};

  private Echo() {}

  static void prepare(Line line) {
    Marker ready = new Marker("ready-now");
    line.onOutput(ready);
    line.send(
        "printf 'ready-%s' now; exec cat\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    ready.await(20);
  }

  /** One keystroke after the other, each waits for its echo. Nanoseconds. */
  static long[] oneByOne(Line line, int keystrokes) {
    Semaphore echoed = new Semaphore(0);
    line.onOutput(bytes -> echoed.release(bytes.length()));
    long[] nanos = new long[keystrokes];
    for (int i = 0; i < keystrokes; i++) {
      long start = System.nanoTime();
      line.send(KEY);
      acquire(echoed);
      nanos[i] = System.nanoTime() - start;
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
    return nanos;
  }

  /** Every line gets a keystroke each {@code gapMillis}, evenly spread. Nanoseconds of all. */
  static long[] allTogether(List<? extends Line> lines, int rounds, long gapMillis) {
    List<long[]> sent = new ArrayList<>();
    List<long[]> took = new ArrayList<>();
    Semaphore echoed = new Semaphore(0);
    for (Line line : lines) {
      long[] starts = new long[rounds];
      long[] nanos = new long[rounds];
      sent.add(starts);
      took.add(nanos);
      int[] next = {0};
      line.onOutput(
          bytes -> {
            for (int i = 0; i < bytes.length() && next[0] < rounds; i++, next[0]++) {
              nanos[next[0]] = System.nanoTime() - starts[next[0]];
              echoed.release();
            }
          });
    }
    long gap = TimeUnit.MILLISECONDS.toNanos(gapMillis) / lines.size();
    long due = System.nanoTime();
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < lines.size(); i++, due += gap) {
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        sent.get(i)[round] = System.nanoTime();
        lines.get(i).send(KEY);
      }
    }
    acquire(echoed, lines.size() * rounds);
    return took.stream().flatMapToLong(java.util.Arrays::stream).toArray();
  }

  private static void acquire(Semaphore echoed) {
    acquire(echoed, 1);
  }

  private static void acquire(Semaphore echoed, int keystrokes) {
    try {
      if (!echoed.tryAcquire(keystrokes, 60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("No echo within 60 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
