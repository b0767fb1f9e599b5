// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ssh;

/** Fails for one input in four thousand million: found only by who sees how far one gets. */
public final class FuzzedForSure {
  private FuzzedForSure() {}

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length < 4 || input[0] != 'c' || input[1] != 'o') {
      return;
    }
    if (input[2] == 'f' && input[3] == 'f') {
      throw new IllegalStateException("found");
    }
  }
}
