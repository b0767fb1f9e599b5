// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The one way in which tests wait: look often, give up at a deadline. */
public final class Eventually {
  private static final long LOOK_EVERY_NANOS = Duration.ofMillis(20).toNanos();

  private final Duration longest;

  private Eventually(Duration longest) {
    this.longest = longest;
  }

  /** Code that may throw. */
  @FunctionalInterface
  public interface Check {
    void run() throws Exception;
  }

  public static Eventually within(Duration longest) {
    return new Eventually(longest);
  }

  /**
   * Returns when it becomes true.
   *
   * @throws AssertionError that says what, if it does not in time
   */
  public void until(String what, BooleanSupplier condition) {
    passes(
        () -> {
          if (!condition.getAsBoolean()) {
            throw new AssertionError("not within " + longest + ": " + what);
          }
        });
  }

  /** Returns when the check passes; throws what it threw last if it does not in time. */
  public void passes(Check check) {
    Instant deadline = Instant.now().plus(longest);
    while (true) {
      try {
        check.run();
        return;
      } catch (Exception | AssertionError e) {
        if (Instant.now().isAfter(deadline)) {
          throw e instanceof AssertionError failed
              ? failed
              : new AssertionError("not within " + longest, e);
        }
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }
}
