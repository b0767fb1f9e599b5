// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.bench;

import java.util.Arrays;

/** Durations of one measurement, in microseconds, sorted. */
record Figures(long[] sortedMicros) {
  static Figures of(long[] nanos) {
    return new Figures(Arrays.stream(nanos).map(n -> n / 1000).sorted().toArray());
  }

  /** The nearest-rank quantile in milliseconds; {@code quantile} is 0..1. */
  double millisAt(double quantile) {
    int last = sortedMicros.length - 1;
    int index = (int) Math.min(last, Math.round(quantile * last));
    return sortedMicros[index] / 1000.0;
  }

  int count() {
    return sortedMicros.length;
  }
}
