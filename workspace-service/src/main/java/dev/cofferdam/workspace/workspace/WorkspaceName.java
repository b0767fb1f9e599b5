// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.workspace.workspace;

import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * A name that a person gave: 1 to 64 characters (code points) of Unicode letters, marks, digits,
 * space and {@code - _ .}, in normalisation form C, with no space at either end, no mark in front,
 * and nothing that is not seen.
 */
record WorkspaceName(String text) {
  private static final int LONGEST = 64;
  private static final String RULE =
      "1 to 64 letters, digits, spaces or - _ . with no space at either end";

  /**
   * @throws ProblemException 400 that names the field and the rule
   */
  static WorkspaceName require(@Nullable String raw) {
    if (raw == null) {
      throw bad(RULE);
    }
    if (!Normalizer.isNormalized(raw, Normalizer.Form.NFC)) {
      throw bad("characters in Unicode normalisation form C");
    }
    int length = raw.codePointCount(0, raw.length());
    boolean spaced = !raw.isEmpty() && !raw.equals(raw.strip());
    if (length < 1
        || length > LONGEST
        || spaced
        || isMark(raw.codePointAt(0))
        || raw.codePoints().anyMatch(WorkspaceName::isInvisible)
        || !raw.codePoints().allMatch(WorkspaceName::fits)) {
      throw bad(RULE);
    }
    return new WorkspaceName(raw);
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  /** Letters and marks that Unicode calls "default ignorable": fillers, selectors, joiners. */
  private static boolean isInvisible(int c) {
    return switch (c) {
      case 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x3164, 0xffa0 -> true;
      default ->
          (c >= 0x180b && c <= 0x180f)
              || (c >= 0xfe00 && c <= 0xfe0f)
              || (c >= 0xe0100 && c <= 0xe01ef);
    };
  }

  private static boolean fits(int c) {
    return switch (Character.getType(c)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER,
          Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.DECIMAL_DIGIT_NUMBER ->
          true;
      default -> c == ' ' || c == '-' || c == '_' || c == '.';
    };
  }

  private static ProblemException bad(String rule) {
    return new ProblemException(Problem.badField("name", rule));
  }
}
