// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.program;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.secrets.SecretBytes;
import java.math.BigInteger;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The form of API keys: {@code coffer_}, 43 digits of base 62 that carry 256 random bits, 6 that
 * are the CRC-32 of all before them. Secret scanners find them by the prefix and tell them from
 * noise by the checksum, without asking anybody.
 */
final class KeyText {
  static final String PREFIX = "coffer_";
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int SECRET_BYTES = 32;
  private static final int SECRET_DIGITS = 43;
  private static final int CHECK_DIGITS = 6;
  private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9A-Za-z]{49}");

  private KeyText() {}

  static String fresh() {
    try (SecretBytes random = SecretBytes.random(SECRET_BYTES)) {
      String body = PREFIX + random.map(bytes -> digits(new BigInteger(1, bytes), SECRET_DIGITS));
      return body + checksum(body);
    }
  }

  /** Whether it could be a key; in constant time only where it does not matter. */
  static boolean isWellFormed(String text) {
    if (!FORM.matcher(text).matches()) {
      return false;
    }
    int end = text.length() - CHECK_DIGITS;
    return checksum(text.substring(0, end)).equals(text.substring(end));
  }

  private static String checksum(String body) {
    CRC32 crc = new CRC32();
    crc.update(body.getBytes(US_ASCII));
    return digits(BigInteger.valueOf(crc.getValue()), CHECK_DIGITS);
  }

  private static String digits(BigInteger number, int count) {
    BigInteger base = BigInteger.valueOf(DIGITS.length());
    StringBuilder text = new StringBuilder();
    BigInteger rest = number;
    for (int i = 0; i < count; i++) {
      BigInteger[] parts = rest.divideAndRemainder(base);
      text.append(DIGITS.charAt(parts[1].intValue()));
      rest = parts[0];
    }
    return text.reverse().toString();
  }
}
