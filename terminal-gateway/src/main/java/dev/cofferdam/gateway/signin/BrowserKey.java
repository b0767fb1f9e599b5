// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names a browser session here: the SHA-256 of its cookie, so that the cookie itself is not kept.
 */
public record BrowserKey(String hash) {

  static BrowserKey of(String secret) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(US_ASCII));
      return new BrowserKey(HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JRE has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "BrowserKey[" + hash.substring(0, 8) + "…]";
  }
}
