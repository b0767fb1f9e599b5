// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.vaultsetup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.secrets.SecretBytes;
import java.util.Arrays;
import java.util.function.Function;

/** A JSON object with a secret as its last member, made without a string and wiped after use. */
final class SecretJson {
  private SecretJson() {}

  /**
   * @param head everything up to the secret's opening quote
   * @param secret of base64 characters alone, so that nothing needs an escape
   */
  static <T> T use(String head, SecretBytes secret, Function<byte[], T> user) {
    byte[] start = head.getBytes(US_ASCII);
    byte[] body = Arrays.copyOf(start, start.length + secret.lengthBytes() + 2);
    secret.use(bytes -> System.arraycopy(bytes, 0, body, start.length, bytes.length));
    body[body.length - 2] = '"';
    body[body.length - 1] = '}';
    try {
      return user.apply(body);
    } finally {
      Arrays.fill(body, (byte) 0);
    }
  }
}
