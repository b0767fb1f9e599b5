// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.program;

import dev.cofferdam.auth.name.VisibleText;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import java.text.Normalizer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names that people give to keys and service accounts: the same rule as for workspaces. */
final class Names {
  private static final Pattern FORM =
      Pattern.compile(
          "[\\p{L}\\p{M}\\p{Nd}_.-]([\\p{L}\\p{M}\\p{Nd} _.-]{0,62}[\\p{L}\\p{M}\\p{Nd}_.-])?");

  private Names() {}

  static String require(String field, @Nullable String text) {
    if (text == null
        || !Normalizer.isNormalized(text, Normalizer.Form.NFC)
        || text.codePointCount(0, text.length()) > 64
        || !VisibleText.is(text)
        || !FORM.matcher(text).matches()) {
      throw new ProblemException(
          Problem.badField(
              field,
              "1 to 64 letters, digits, spaces, - _ . in Unicode's form NFC, no space at an end"));
    }
    return text;
  }
}
