// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ssh;

import java.util.Arrays;

/** Reads keys: what is taken has one spelling. */
public final class FuzzedKey {
  private FuzzedKey() {}

  public static void fuzzerTestOneInput(byte[] input) {
    try {
      if (!Arrays.equals(SshPublicKey.parse(input).blob(), input)) {
        throw new AssertionError("a key of two spellings");
      }
    } catch (MalformedSsh e) {
      // The one allowed refusal.
      return;
    }
  }
}
