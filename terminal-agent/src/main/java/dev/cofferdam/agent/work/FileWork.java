// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.work;

import dev.cofferdam.agent.work.ProcessIo.Amount;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Tells work on files from programs that merely sit there.
 *
 * <p>gocryptfs reads from the kernel what is asked of it and what is written, and from the disk
 * what is read. A question (does this file exist, how long is it) is some 50 to 90 bytes; so
 * {@value #QUESTION_BYTES} are taken off for each call of read, and what is left is content of
 * files, once for each direction. Of it 64 KiB within a minute are work. Measured in ADR 0022.
 * Thread-safe.
 */
public final class FileWork {
  static final long WORK_BYTES = 64 * 1024;
  static final long QUESTION_BYTES = 96;
  static final Duration WITHIN = Duration.ofMinutes(1);

  /** One a second for a minute, and some by whoever else looks. */
  private static final int MOST_LOOKS = 120;

  private final Supplier<Optional<Amount>> io;
  private final LongSupplier nanos;
  private final Deque<Look> looks = new ArrayDeque<>();
  private Optional<Amount> last;

  /** What was seen at a time: bytes since the look before. */
  private record Look(long at, long bytes) {}

  /**
   * Counts from now on.
   *
   * @param io of gocryptfs; while it gives nothing, nothing counts as work
   * @param nanos a monotonic clock
   */
  public FileWork(Supplier<Optional<Amount>> io, LongSupplier nanos) {
    this.io = io;
    this.nanos = nanos;
    last = io.get();
  }

  /**
   * Whether there was work that no look has told of yet. What has happened between two looks is
   * taken to be as young as the second one.
   */
  public synchronized boolean look() {
    Optional<Amount> now = io.get();
    long content = now.flatMap(n -> last.map(before -> content(before, n))).orElse(0L);
    last = now;
    remember(content);
    if (looks.stream().mapToLong(Look::bytes).sum() < WORK_BYTES) {
      return false;
    }
    looks.clear();
    return true;
  }

  private static long content(Amount before, Amount now) {
    long questions = QUESTION_BYTES * (now.calls() - before.calls());
    return Math.max(0, now.bytes() - before.bytes() - questions);
  }

  private void remember(long content) {
    long now = nanos.getAsLong();
    while (!looks.isEmpty()
        && (looks.size() >= MOST_LOOKS || now - looks.getFirst().at() >= WITHIN.toNanos())) {
      looks.removeFirst();
    }
    looks.addLast(new Look(now, content));
  }
}
