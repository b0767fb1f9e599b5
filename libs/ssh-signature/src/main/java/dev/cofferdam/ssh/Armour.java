// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ssh;

import java.util.List;

/**
 * The text around a signature.
 *
 * <pre>
 * armour = "-----BEGIN SSH SIGNATURE-----" eol 1*( 1*76base64 eol ) "-----END SSH SIGNATURE-----" [eol]
 * eol    = LF / CR LF, the same throughout
 * </pre>
 */
final class Armour {
  /** An RSA key of 8192 bits in a certificate with many principals needs less than half of it. */
  static final int LONGEST = 16 * 1024;

  private static final String BEGIN = "-----BEGIN SSH SIGNATURE-----";
  private static final String END = "-----END SSH SIGNATURE-----";
  private static final int LONGEST_LINE = 76;

  private Armour() {}

  static byte[] open(String text) {
    if (text.length() > LONGEST) {
      throw new MalformedSsh("longer than " + LONGEST + " characters");
    }
    List<String> lines = lines(text);
    int last = lines.size() - 1;
    if (last < 2 || !lines.getFirst().equals(BEGIN) || !lines.get(last).equals(END)) {
      throw new MalformedSsh("not between the BEGIN and END lines of an SSH signature");
    }
    StringBuilder base64 = new StringBuilder();
    for (String line : lines.subList(1, last)) {
      if (line.isEmpty() || line.length() > LONGEST_LINE) {
        throw new MalformedSsh("a line is empty or longer than 76 characters");
      }
      base64.append(line);
    }
    return Base64Text.decode(base64.toString());
  }

  private static List<String> lines(String text) {
    String eol = text.startsWith(BEGIN + "\r\n") ? "\r\n" : "\n";
    String body = text.endsWith(eol) ? text.substring(0, text.length() - eol.length()) : text;
    return List.of(body.split(eol, -1));
  }
}
