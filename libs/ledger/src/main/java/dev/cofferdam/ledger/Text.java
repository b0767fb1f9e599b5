// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ledger;

/**
 * What a text in the ledger may be: at most 512 characters, no control characters and no halves of
 * surrogate pairs. So each has one form in UTF-8, JSON, CSV and a database, and none can forge a
 * line of a log (OWASP ASVS 16.4.1).
 */
public final class Text {
  public static final int LONGEST = 512;
  private static final char REPLACEMENT = '\uFFFD';

  private Text() {}

  /** With U+FFFD for what may not be, and cut where it is too long. */
  public static String cleaned(String text) {
    StringBuilder clean = new StringBuilder(Math.min(text.length(), LONGEST));
    int at = 0;
    while (at < text.length()) {
      int point = text.codePointAt(at);
      at += Character.charCount(point);
      int cleaned = isBad(point) ? REPLACEMENT : point;
      if (clean.length() + Character.charCount(cleaned) > LONGEST) {
        break;
      }
      clean.appendCodePoint(cleaned);
    }
    return clean.toString();
  }

  /**
   * @return the text
   * @throws IllegalArgumentException unless it is clean
   */
  static String require(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("a text is longer than " + LONGEST + " characters");
    }
    for (int at = 0; at < text.length(); ) {
      int point = text.codePointAt(at);
      if (isBad(point)) {
        throw new IllegalArgumentException("a text has a control character in it");
      }
      at += Character.charCount(point);
    }
    return text;
  }

  private static boolean isBad(int point) {
    return Character.isISOControl(point)
        || point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }
}
