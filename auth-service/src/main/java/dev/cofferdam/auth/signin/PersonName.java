// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.signin;

import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of an account: ASCII, so that no two look alike, and without anything that a shell or a
 * terminal would read. Upper and lower case are the same name.
 */
public record PersonName(String text) {
  private static final Pattern RULE =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9 ._@+-]{0,62}[A-Za-z0-9])?");

  /**
   * @param field what to call it in a refusal
   * @throws ProblemException 400 naming the field
   */
  public static PersonName parse(String field, @Nullable String text) {
    if (text == null || !RULE.matcher(text).matches()) {
      throw new ProblemException(
          Problem.badField(
              field, "1 to 64 letters a to z, digits, or . _ @ + - and blanks between them"));
    }
    return new PersonName(text);
  }
}
