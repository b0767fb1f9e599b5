// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.kernel;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The time since this machine started, clock_gettime(2) CLOCK_BOOTTIME. Nobody sets it, and it goes
 * on while the machine is suspended; {@link System#nanoTime} stands still then, so that a key would
 * outlive its lease by a night.
 */
public final class BootClock {
  private static final int CLOCK_BOOTTIME = 7;
  private static final long NANOS_A_SECOND = 1_000_000_000;

  private static final MethodHandle CLOCK_GETTIME =
      // int clock_gettime(clockid_t clockid, struct timespec *tp)
      Kernel.function(
          "clock_gettime",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS),
          Linker.Option.critical(true));

  static {
    // Where there is none nothing may be opened: it fails here, before there is a key.
    nanos();
  }

  private BootClock() {}

  /**
   * Nanoseconds.
   *
   * @throws IllegalStateException if the kernel has no such clock
   */
  public static long nanos() {
    long[] timespec = new long[2]; // struct timespec { time_t tv_sec; long tv_nsec; }
    int result;
    try {
      result = (int) CLOCK_GETTIME.invokeExact(CLOCK_BOOTTIME, MemorySegment.ofArray(timespec));
    } catch (Throwable e) {
      throw new IllegalStateException("clock_gettime failed", e);
    }
    if (result != 0) {
      throw new IllegalStateException("the kernel has no clock that counts suspension");
    }
    return timespec[0] * NANOS_A_SECOND + timespec[1];
  }
}
