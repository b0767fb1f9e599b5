// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.history;

import java.util.List;

/**
 * A browser's User-Agent in words, for instance {@code Firefox on Linux}. It is the browser's own
 * word: good for people to recognise a device, and for nothing else.
 */
public final class BrowserWords {
  private static final String UNKNOWN = "Unknown browser";

  /** The first that is found counts: most of them call themselves by others' names as well. */
  private static final List<String[]> BROWSERS =
      List.of(
          new String[] {"Edg/", "Edge"},
          new String[] {"OPR/", "Opera"},
          new String[] {"Firefox/", "Firefox"},
          new String[] {"FxiOS/", "Firefox"},
          new String[] {"CriOS/", "Chrome"},
          new String[] {"Chrome/", "Chrome"},
          new String[] {"Safari/", "Safari"},
          new String[] {"curl/", "curl"},
          new String[] {"coffer/", "coffer"});

  private static final List<String[]> SYSTEMS =
      List.of(
          new String[] {"iPhone", "iPhone"},
          new String[] {"iPad", "iPad"},
          new String[] {"Android", "Android"},
          new String[] {"Windows", "Windows"},
          new String[] {"CrOS", "ChromeOS"},
          new String[] {"Mac OS X", "macOS"},
          new String[] {"Linux", "Linux"});

  private BrowserWords() {}

  public static String of(String userAgent) {
    String browser = first(BROWSERS, userAgent);
    String system = first(SYSTEMS, userAgent);
    if (browser.isEmpty()) {
      return system.isEmpty() ? UNKNOWN : UNKNOWN + " on " + system;
    }
    return system.isEmpty() ? browser : browser + " on " + system;
  }

  private static String first(List<String[]> names, String text) {
    return names.stream().filter(n -> text.contains(n[0])).map(n -> n[1]).findFirst().orElse("");
  }
}
