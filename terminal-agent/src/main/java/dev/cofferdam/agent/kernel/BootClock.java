// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.kernel;

/**
 * The time since this machine started, clock_gettime(2) CLOCK_BOOTTIME. Nobody sets it, and it goes
 * on while the machine is suspended; {@link System#nanoTime} stands still then, so that a key would
 * outlive its lease by a night.
 */
public final class BootClock {
  private static final int CLOCK_BOOTTIME = 7;
  private static final long NANOS_A_SECOND = 1_000_000_000;

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
    if (LibC.clock_gettime(CLOCK_BOOTTIME, timespec) != 0) {
      throw new IllegalStateException("the kernel has no clock that counts suspension");
    }
    return timespec[0] * NANOS_A_SECOND + timespec[1];
  }
}
