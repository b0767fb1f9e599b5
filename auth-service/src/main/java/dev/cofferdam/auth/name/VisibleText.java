// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.name;

/**
 * Whether a text is what it looks like: one that is not seen, or that turns the order of what is
 * beside it, can pass for another name, or hide in a list.
 */
public final class VisibleText {
  private VisibleText() {}

  /** Whether each character is seen, or a space between such that are. */
  public static boolean is(String text) {
    return !text.isEmpty()
        && text.equals(text.strip())
        && !isMark(text.codePointAt(0))
        && text.codePoints().allMatch(VisibleText::isSeen);
  }

  private static boolean isSeen(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> !isIgnorable(c);
    };
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  /**
   * Letters and marks that Unicode calls "default ignorable": fillers, selectors, joiners; and the
   * pattern of Braille that has no dots.
   */
  private static boolean isIgnorable(int c) {
    return switch (c) {
      case 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x2800, 0x3164, 0xffa0 -> true;
      default ->
          (c >= 0x180b && c <= 0x180f)
              || (c >= 0xfe00 && c <= 0xfe0f)
              || (c >= 0xe0100 && c <= 0xe01ef);
    };
  }
}
