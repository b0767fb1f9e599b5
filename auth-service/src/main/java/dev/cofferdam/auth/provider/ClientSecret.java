// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import dev.cofferdam.secrets.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/** What we prove ourselves to a provider with; redacted wherever it is printed. */
record ClientSecret(SecretBytes bytes) {
  /** RFC 6749 section 10.10: not to be guessed. 20 of 64 characters are 120 bits. */
  static final int SHORTEST = 20;

  private static final int FEWEST_DIFFERENT = 8;

  static ClientSecret of(String text) {
    return new ClientSecret(SecretBytes.takeOwnership(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Why a secret can't be a good one; empty if nothing speaks against it. */
  static Optional<String> weakness(String text) {
    if (text.length() < SHORTEST) {
      return Optional.of("is weak: shorter than " + SHORTEST + " characters");
    }
    if (text.chars().distinct().count() < FEWEST_DIFFERENT) {
      return Optional.of("is weak: fewer than " + FEWEST_DIFFERENT + " different characters");
    }
    return Optional.empty();
  }

  <T> T map(Function<String, T> user) {
    return bytes.map(raw -> user.apply(new String(raw, StandardCharsets.UTF_8)));
  }
}
