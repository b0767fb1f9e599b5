// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The one cookie: 256 bits that only auth-service can tell anything from. Its prefix makes browsers
 * demand Secure, Path=/ and no Domain (RFC 6265bis section 4.1.3.2).
 */
public final class Cookie {
  static final String NAME = "__Host-coffer";
  static final Duration LIFE = Duration.ofHours(12);
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final String RULES = "; Path=/; Secure; HttpOnly; SameSite=Strict";

  private Cookie() {}

  /**
   * What the browser sent, if it can be one of ours. Two of the name are none: which of them a
   * browser means, nobody can tell.
   */
  static Optional<String> secret(HttpServerRequest request) {
    return secret(request.headers().getAll("Cookie"));
  }

  static Optional<String> secret(List<String> headers) {
    List<String> ours =
        headers.stream()
            .flatMap(header -> Arrays.stream(header.split(";", -1)))
            .map(String::strip)
            .filter(pair -> pair.startsWith(NAME + "="))
            .map(pair -> pair.substring(NAME.length() + 1))
            .toList();
    return ours.size() == 1
        ? Optional.of(ours.getFirst()).filter(value -> SECRET.matcher(value).matches())
        : Optional.empty();
  }

  static String set(String secret) {
    return NAME + "=" + secret + "; Max-Age=" + LIFE.toSeconds() + RULES;
  }

  static String clear() {
    return NAME + "=; Max-Age=0" + RULES;
  }
}
