// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a providers file: {@code ID.KEY = VALUE} on each line, {@code #} before a comment,
 * nothing quoted and nothing escaped, so that a secret stands there as it was given.
 */
final class ProvidersFile {
  /** Some twenty providers with all their keys. */
  static final int LARGEST_CHARACTERS = 64 * 1024;

  static final int MOST_PROVIDERS = 20;
  private static final Pattern LINE =
      Pattern.compile("\\s*([a-z][a-z0-9-]{0,30})\\.([a-z][a-z.-]{1,40})\\s*=\\s*(.*?)\\s*");

  private ProvidersFile() {}

  /**
   * What each provider is told, in the order of the file. Never quotes a line: it may be secret.
   */
  static Map<String, Section> read(String text) {
    if (text.length() > LARGEST_CHARACTERS) {
      throw new Misconfigured("the file", "is larger than 64 KiB; take out what is no provider");
    }
    Map<String, Section> sections = new LinkedHashMap<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (!line.isBlank() && !line.stripLeading().startsWith("#")) {
        take(sections, line, number);
      }
    }
    if (sections.size() > MOST_PROVIDERS) {
      throw new Misconfigured("the file", "has more than " + MOST_PROVIDERS + " providers");
    }
    return sections;
  }

  private static void take(Map<String, Section> sections, String line, int number) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw new Misconfigured(
          "line " + number, "write ID.KEY = VALUE, for instance corp.kind = oidc");
    }
    sections.computeIfAbsent(parts.group(1), Section::new).put(parts.group(2), parts.group(3));
  }
}
