// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.signin;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/** What is stored of a secret: SHA-256 is enough for 256 random bits, nothing can be guessed. */
public final class Hashes {
  private Hashes() {}

  public static byte[] of(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
