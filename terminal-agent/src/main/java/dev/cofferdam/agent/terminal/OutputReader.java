// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.terminal;

import dev.cofferdam.agent.kernel.PtyMaster;
import dev.cofferdam.terminal.protocol.Limits;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Reads a PTY until its program has ended.
 *
 * <p>A PTY gives 4 KiB at most and often less, and each piece costs every process up to the browser
 * some system calls. Small output goes on at once; a flood is put together for a moment first. One
 * thread.
 */
final class OutputReader {
  /** More than this without a pause is no screen that somebody waits for. */
  private static final int FLOOD_BYTES = 16 * 1024;

  private static final int PAUSE_MILLIS = 1;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);
  private static final long LONGEST_HOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

  private final PtyMaster pty;
  private final ByteBuffer batch = ByteBuffer.allocateDirect(Limits.LARGEST_OUTPUT_BYTES);

  /** Bytes since the last pause. */
  private long burst;

  /** In a flood reading is tried before it is waited for. */
  private boolean burstGoesOn;

  private long lastReadAt;
  private long batchStartedAt;

  OutputReader(PtyMaster pty) {
    this.pty = pty;
  }

  /** Lends what was read to {@code output}, which may wait; returns at the end. */
  void readAll(Consumer<ByteBuffer> output) {
    while (awaitMore(output)) {
      int count = pty.read(batch);
      if (count == PtyMaster.ENDED) {
        break;
      }
      if (count == 0) {
        burstGoesOn = false;
      } else if (isDue(count)) {
        lend(output);
      }
    }
    lend(output);
  }

  private boolean awaitMore(Consumer<ByteBuffer> output) {
    if (burstGoesOn) {
      return true;
    }
    if (batch.position() > 0 && pty.awaitReadable(PAUSE_MILLIS)) {
      return true;
    }
    lend(output);
    return pty.awaitReadable();
  }

  private boolean isDue(int count) {
    long now = System.nanoTime();
    if (now - lastReadAt >= PAUSE_NANOS) {
      burst = 0;
    }
    lastReadAt = now;
    burst += count;
    if (batch.position() == count) {
      batchStartedAt = now;
    }
    burstGoesOn = burst > FLOOD_BYTES;
    return !burstGoesOn || !batch.hasRemaining() || now - batchStartedAt >= LONGEST_HOLD_NANOS;
  }

  private void lend(Consumer<ByteBuffer> output) {
    if (batch.position() > 0) {
      output.accept(batch.flip());
      batch.clear();
      // Waiting for views is no pause of the program.
      lastReadAt = System.nanoTime();
    }
  }
}
