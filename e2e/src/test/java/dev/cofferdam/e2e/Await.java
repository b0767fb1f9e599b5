// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one way to wait: for something, with a deadline, saying what was missing. */
final class Await {
  private static final Duration STEP = Duration.ofMillis(25);

  private Await() {}

  static void until(String what, Duration most, BooleanSupplier condition) {
    value(what, most, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  /** The first value there is. What the attempt throws meanwhile is kept for the last word. */
  static <T> T value(String what, Duration most, Supplier<Optional<T>> attempt) {
    return value(what, most, STEP, attempt);
  }

  /** The same for an attempt that costs something. */
  static <T> T value(String what, Duration most, Duration step, Supplier<Optional<T>> attempt) {
    long end = System.nanoTime() + most.toNanos();
    @Nullable Throwable last = null;
    while (System.nanoTime() < end) {
      try {
        Optional<T> found = attempt.get();
        if (found.isPresent()) {
          return found.get();
        }
      } catch (RuntimeException | AssertionError e) {
        last = e;
      }
      LockSupport.parkNanos(step.toNanos());
    }
    throw new AssertionError("Within " + most.toMillis() + " ms not seen: " + what, last);
  }

  /** How long it took. */
  static Duration timed(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
