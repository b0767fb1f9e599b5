// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.run;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part has ended because of what it was told: no try helps, and what it said names the key and
 * the remedy.
 */
final class WrongConfiguration extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** EX_CONFIG of sysexits(3). */
  private static final int STATUS = 78;

  /** As the services' logs have it: time, level, who says it, message. */
  private static final Pattern ERROR = Pattern.compile("\\S+ ERROR \\[[^\\]]+] (.+)");

  private final String line;

  private WrongConfiguration(String line) {
    super(line);
    this.line = line;
  }

  /** Empty if it ended for another reason, or did not say what is wrong. */
  static Optional<WrongConfiguration> of(int status, List<String> said) {
    return status == STATUS
        ? said.reversed().stream()
            .map(ERROR::matcher)
            .filter(Matcher::matches)
            .map(error -> new WrongConfiguration(error.group(1)))
            .findFirst()
        : Optional.empty();
  }

  String line() {
    return line;
  }
}
