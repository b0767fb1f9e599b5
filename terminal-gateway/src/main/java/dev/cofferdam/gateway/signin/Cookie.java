// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
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

  /** What the browser sent, if it can be one of ours. */
  static Optional<String> secret(HttpServerRequest request) {
    io.vertx.core.http.Cookie cookie = request.getCookie(NAME);
    return Optional.ofNullable(cookie)
        .map(io.vertx.core.http.Cookie::getValue)
        .filter(value -> SECRET.matcher(value).matches());
  }

  /** Which browser sends this request, if it names one at all. */
  public static Optional<BrowserKey> key(HttpServerRequest request) {
    return secret(request).map(BrowserKey::of);
  }

  static String set(String secret) {
    return NAME + "=" + secret + "; Max-Age=" + LIFE.toSeconds() + RULES;
  }

  static String clear() {
    return NAME + "=; Max-Age=0" + RULES;
  }
}
