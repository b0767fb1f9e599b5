// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the entry of a refusal has as its detail: {@code ssh-key-refused}, or {@code
 * ssh-key-refused, 41 times}.
 *
 * @param what was refused
 * @param count how often, from 1
 */
public record RefusedDetail(String what, int count) {
  private static final Pattern SEVERAL = Pattern.compile("(.*), (\\d{1,9}) times", Pattern.DOTALL);

  String text() {
    return count == 1 ? what : what + ", " + count + " times";
  }

  public static RefusedDetail parse(String text) {
    Matcher several = SEVERAL.matcher(text);
    return several.matches()
        ? new RefusedDetail(several.group(1), Math.max(1, Integer.parseInt(several.group(2))))
        : new RefusedDetail(text, 1);
  }
}
