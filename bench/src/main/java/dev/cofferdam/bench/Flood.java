// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.bench;

/** Pushes text through a terminal as fast as it goes. */
final class Flood {
  private static final String LINE = "The quick brown fox jumps over the lazy dog 0123456789";

  private Flood() {}

  /** Megabytes (10^6) a second as they come out of the PTY, carriage returns included. */
  static double megabytesPerSecond(Line line, int megabytes) {
    long start = System.nanoTime();
    Marker marker = Marker.run(line, command(megabytes), 300);
    return marker.bytes() * 1000.0 / (System.nanoTime() - start);
  }

  static String command(int megabytes) {
    return "yes '" + LINE + "' | head -c " + megabytes + "000000";
  }
}
