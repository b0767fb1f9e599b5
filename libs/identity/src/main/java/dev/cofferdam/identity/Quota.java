// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.identity;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much a person may have.
 *
 * @param workspaces in all, 0 to 1000
 * @param openSessions at once, 0 to 64
 * @param bytes of ciphertext in all, 0 to 2^50
 */
public record Quota(int workspaces, int openSessions, long bytes) {
  public static final int MOST_WORKSPACES = 1000;
  public static final int MOST_SESSIONS = 64;
  public static final long MOST_BYTES = 1L << 50;

  private static final Pattern FORM = Pattern.compile("(\\d{1,4}) (\\d{1,2}) (\\d{1,16})");

  public Quota {
    if (workspaces < 0
        || workspaces > MOST_WORKSPACES
        || openSessions < 0
        || openSessions > MOST_SESSIONS
        || bytes < 0
        || bytes > MOST_BYTES) {
      throw new IllegalArgumentException("a quota is out of range");
    }
  }

  /** The three numbers with a blank between, as the claim {@code quota} of access tokens. */
  public String text() {
    return workspaces + " " + openSessions + " " + bytes;
  }

  /**
   * Reads {@link #text()}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Quota parse(String text) {
    Matcher numbers = FORM.matcher(text);
    if (!numbers.matches()) {
      throw new IllegalArgumentException("a quota is three numbers");
    }
    return new Quota(
        Integer.parseInt(numbers.group(1)),
        Integer.parseInt(numbers.group(2)),
        Long.parseLong(numbers.group(3)));
  }
}
