// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import java.time.Duration;

/**
 * How long parts are waited for.
 *
 * @param start from its launch until it is ready
 * @param stop from the signal until it has ended; then it is killed
 */
public record Patience(Duration start, Duration stop) {
  public static final Patience USUAL =
      new Patience(Duration.ofSeconds(150), Duration.ofSeconds(10));

  /** A JVM that records its start takes several times as long, and writes it when it ends. */
  static final Patience OF_RECORDING = new Patience(Duration.ofMinutes(5), Duration.ofMinutes(5));
}
