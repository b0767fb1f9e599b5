// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.place;

/** Text of programs without what would do more than be seen. */
final class Visible {
  static final int LONGEST_TITLE = 256;
  static final int LONGEST_COMMAND = 256;

  private Visible() {}

  /** Without controls, marks of direction, line separators and half characters, cut. */
  static String text(String raw, int most) {
    String text = raw.replaceAll("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}\\p{Zl}\\p{Zp}]", "").strip();
    if (text.length() <= most) {
      return text;
    }
    int end = most - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
