// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ssh;

import java.util.Base64;

/** Base64 of RFC 4648 section 4 that has exactly one spelling for each value. */
final class Base64Text {
  private Base64Text() {}

  static byte[] decode(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new MalformedSsh("not base64", e);
    }
    // The JDK lets missing padding and slack bits through.
    if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
      throw new MalformedSsh("not canonical base64");
    }
    return bytes;
  }
}
