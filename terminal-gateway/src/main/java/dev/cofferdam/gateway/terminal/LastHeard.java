// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When something last came over a line. One that is cut without a word (a closed lid, a lost Wi-Fi)
 * stays open for TCP for a quarter of an hour, so the other side is asked for a sign of life: a
 * ping, which browsers answer without their page (RFC 6455 section 5.5.2). Any thread.
 */
final class LastHeard {
  private final LongSupplier nanos;
  private volatile long heardAt;
  private volatile long askedAt;
  private volatile boolean listening;

  /** {@code nanos}: a monotonic clock, for instance {@link System#nanoTime}. */
  LastHeard(LongSupplier nanos) {
    this.nanos = nanos;
    heardAt = nanos.getAsLong();
    askedAt = heardAt;
  }

  void heard() {
    heardAt = nanos.getAsLong();
  }

  /** What comes is read from now on; the time before does not count. */
  void listen() {
    heard();
    listening = true;
  }

  /** Nothing is read any more, so nothing can be heard. */
  void stopListening() {
    listening = false;
  }

  /** For how long nothing came that could have been heard. */
  Duration silence() {
    return listening ? Duration.ofNanos(nanos.getAsLong() - heardAt) : Duration.ZERO;
  }

  /** Whether to ask now: nothing came for so long, and it was not asked for so long either. */
  boolean isToBeAsked(Duration after) {
    long now = nanos.getAsLong();
    if (silence().compareTo(after) < 0 || now - askedAt < after.toNanos()) {
      return false;
    }
    askedAt = now;
    return true;
  }
}
