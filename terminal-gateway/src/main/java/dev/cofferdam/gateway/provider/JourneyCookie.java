// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.provider;

import dev.cofferdam.secrets.SecretBytes;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Ties a sign-in at a provider to the browser that began it: 256 bits that no page, provider or
 * address ever holds. Lax and not Strict, because the browser comes back from another site, by
 * going to a page; that is the one case in which Lax sends it.
 */
final class JourneyCookie {
  static final String NAME = "__Host-coffer-journey";
  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final int SECRET_BYTES = 32;
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final String RULES = "; Path=/; Secure; HttpOnly; SameSite=Lax";

  private JourneyCookie() {}

  /** What the browser sent; two of the name are none. */
  static Optional<String> secret(HttpServerRequest request) {
    List<String> ours =
        request.headers().getAll("Cookie").stream()
            .flatMap(header -> Arrays.stream(header.split(";", -1)))
            .map(String::strip)
            .filter(pair -> pair.startsWith(NAME + "="))
            .map(pair -> pair.substring(NAME.length() + 1))
            .toList();
    return ours.size() == 1
        ? Optional.of(ours.getFirst()).filter(value -> SECRET.matcher(value).matches())
        : Optional.empty();
  }

  static String fresh() {
    try (SecretBytes secret = SecretBytes.random(SECRET_BYTES)) {
      return secret.toBase64Url();
    }
  }

  static String set(String secret) {
    return NAME + "=" + secret + "; Max-Age=" + LIFE.toSeconds() + RULES;
  }

  static String clear() {
    return NAME + "=; Max-Age=0" + RULES;
  }
}
