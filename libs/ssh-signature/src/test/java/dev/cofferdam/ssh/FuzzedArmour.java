// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ssh;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Opens armour: what is taken has one spelling but for the ends of its lines. */
public final class FuzzedArmour {
  private FuzzedArmour() {}

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, ISO_8859_1);
    try {
      byte[] opened = Armour.open(text);
      String spelt = text.replace("\r", "").replace("\n", "");
      if (!SoftwareKey.armour(opened).replace("\n", "").equals(spelt)) {
        throw new AssertionError("armour of two spellings");
      }
    } catch (MalformedSsh e) {
      // The one allowed refusal.
      return;
    }
  }
}
