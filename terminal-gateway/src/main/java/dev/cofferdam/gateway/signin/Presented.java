// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a request shows to say who sends it. Never printed, never kept: see {@link BrowserKey}. */
public sealed interface Presented {
  /** The only one that is taken. */
  String SCHEME = "Bearer ";

  /** The secret, as it goes to auth-service. */
  String text();

  /** A browser's cookie. */
  record CookieSecret(String text) implements Presented {
    @Override
    public String toString() {
      return "CookieSecret[…]";
    }
  }

  /** What a program has: {@code Authorization: Bearer …} (RFC 6750 section 2.1). */
  sealed interface OfProgram extends Presented {
    /** Empty for what is neither a key nor a token by its form. */
    static Optional<OfProgram> of(HttpServerRequest request) {
      return of(request.headers().getAll("Authorization"));
    }

    static Optional<OfProgram> of(List<String> headers) {
      if (headers.size() != 1 || !headers.getFirst().startsWith(SCHEME)) {
        return Optional.empty();
      }
      String text = headers.getFirst().substring(SCHEME.length());
      if (ApiKey.FORM.matcher(text).matches()) {
        return Optional.of(new ApiKey(text));
      }
      return text.length() <= AccessToken.LONGEST && AccessToken.FORM.matcher(text).matches()
          ? Optional.of(new AccessToken(text))
          : Optional.empty();
    }
  }

  /** A person's access token, from signing in a program of their own by SSH key. */
  record AccessToken(String text) implements OfProgram {
    private static final int LONGEST = 4096;

    /**
     * An ES256 signature is 64 bytes; the four bits that the last letter does not need are zero, so
     * that a token has one spelling (RFC 4648 section 3.5).
     */
    private static final Pattern FORM =
        Pattern.compile("eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{85}[AQgw]");

    @Override
    public String toString() {
      return "AccessToken[…]";
    }
  }

  /** A program's key, {@code coffer_…}. */
  record ApiKey(String text) implements OfProgram {
    private static final Pattern FORM = Pattern.compile("coffer_[0-9A-Za-z]{49}");

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
      return cookie.isPresent() ? Optional.empty() : OfProgram.of(request).map(shown -> shown);
    }
    return cookie.map(CookieSecret::new);
  }
}
