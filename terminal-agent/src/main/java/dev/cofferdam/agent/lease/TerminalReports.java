// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.lease;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a terminal sends by itself when a program asks it, or when its window gains or loses the
 * focus: nobody has typed it, so it is no activity. Otherwise a program that asks "what are you?"
 * every minute would keep its workspace open for ever in a tab that nobody looks at.
 *
 * <pre>
 * report = CSI [?=&gt;] params final          ; final: c device attributes, n status, R cursor
 *        | CSI [?] params "$y"              ; a mode
 *        | DCS text ST                      ; a setting
 *        | CSI I | CSI O                    ; focus
 * </pre>
 *
 * F3 with a modifier key looks like a cursor position; it counts as a report too.
 */
public final class TerminalReports {
  private static final Pattern REPORT =
      Pattern.compile(
          "\u001b\\[[?=>]?[0-9;]*+(?:c|n|R|\\$y)|\u001b\\[[IO]|\u001bP[^\u001b]*+\u001b\\\\");

  private TerminalReports() {}

  /** Whether it is nothing but reports; also true of nothing at all. */
  public static boolean are(byte[] input) {
    if (input.length > 0 && input[0] != 0x1b) {
      return false;
    }
    Matcher report = REPORT.matcher(new String(input, ISO_8859_1));
    // One by one: a repeated group would need a deep stack, and connections have little.
    for (int at = 0; at < input.length; at = report.end()) {
      if (!report.region(at, input.length).lookingAt()) {
        return false;
      }
    }
    return true;
  }
}
