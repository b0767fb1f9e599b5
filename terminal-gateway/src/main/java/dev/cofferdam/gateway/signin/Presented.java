// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a request shows to say who sends it. Never printed, never kept: see {@link BrowserKey}. */
public sealed interface Presented {
  /** The secret, as it goes to auth-service. */
  String text();

  /** A browser's cookie. */
  record CookieSecret(String text) implements Presented {
    @Override
    public String toString() {
      return "CookieSecret[…]";
    }
  }

  /** A program's {@code Authorization: Bearer coffer_…} (RFC 6750 section 2.1). */
  record ApiKey(String text) implements Presented {
    private static final String SCHEME = "Bearer ";
    private static final Pattern FORM = Pattern.compile("coffer_[0-9A-Za-z]{49}");

    static Optional<ApiKey> of(HttpServerRequest request) {
      List<String> headers = request.headers().getAll("Authorization");
      return headers.size() == 1 && headers.getFirst().startsWith(SCHEME)
          ? Optional.of(headers.getFirst().substring(SCHEME.length()))
              .filter(text -> FORM.matcher(text).matches())
              .map(ApiKey::new)
          : Optional.empty();
    }

    @Override
    public String toString() {
      return "ApiKey[…]";
    }
  }

  default BrowserKey key() {
    return BrowserKey.of(text());
  }

  /** Empty for none and, so that it is never a guess which one counts, for two. */
  static Optional<Presented> of(HttpServerRequest request) {
    boolean authorization = request.headers().contains("Authorization");
    Optional<String> cookie = Cookie.secret(request);
    if (authorization) {
      return cookie.isPresent() ? Optional.empty() : ApiKey.of(request).map(key -> key);
    }
    return cookie.map(CookieSecret::new);
  }
}
