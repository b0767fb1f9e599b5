// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door;

import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the rules of the door look at. */
record Asked(
    String method,
    String path,
    List<String> hosts,
    List<String> origins,
    Optional<String> fetchSite,
    Optional<String> fetchMode,
    Optional<String> contentType,
    Optional<String> contentLength,
    boolean chunked,
    Optional<String> coffer,
    Credentials credentials) {
  /** A request line's target with scheme and authority. */
  private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://([^/?#]*)");

  Asked {
    hosts = List.copyOf(hosts);
    origins = List.copyOf(origins);
  }

  /** Which headers speak of who asks; whether what they say is true is seen later. */
  enum Credentials {
    NONE_OR_COOKIE,
    AUTHORIZATION,
    BOTH;

    private static Credentials of(HttpServerRequest request) {
      if (!request.headers().contains("Authorization")) {
        return NONE_OR_COOKIE;
      }
      return request.headers().contains("Cookie") ? BOTH : AUTHORIZATION;
    }
  }

  static Asked of(HttpServerRequest request, String path) {
    return new Asked(
        request.method().name(),
        path,
        hosts(request),
        request.headers().getAll("Origin"),
        value(request, "Sec-Fetch-Site"),
        value(request, "Sec-Fetch-Mode"),
        value(request, "Content-Type"),
        value(request, "Content-Length"),
        request.headers().contains("Transfer-Encoding"),
        value(request, "X-Coffer"),
        Credentials.of(request));
  }

  /** Whom it is for: what the request line says as well, if it says another (RFC 9112, 3.2.2). */
  private static List<String> hosts(HttpServerRequest request) {
    List<String> hosts = new ArrayList<>(request.headers().getAll("Host"));
    Matcher absolute = ABSOLUTE.matcher(request.uri());
    if (absolute.lookingAt()
        && !(hosts.size() == 1 && hosts.getFirst().equalsIgnoreCase(absolute.group(1)))) {
      hosts.add(absolute.group(1));
    }
    return hosts;
  }

  /** A header that comes twice is both values at once, and so none that a rule expects. */
  private static Optional<String> value(HttpServerRequest request, String name) {
    List<String> all = request.headers().getAll(name);
    return all.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", all));
  }

  /** Whether it can change nothing. */
  boolean isSafe() {
    return method.equals("GET") || method.equals("HEAD");
  }

  boolean isApi() {
    return path.equals("/api") || path.startsWith("/api/");
  }

  /** Whether a browser says that another site, or a neighbour of ours, made it ask. */
  boolean isFromElsewhere() {
    return fetchSite.isPresent()
        && !fetchSite.get().equals("same-origin")
        && !fetchSite.get().equals("none");
  }

  boolean isFor(String authority) {
    return hosts.size() == 1 && hosts.getFirst().toLowerCase(Locale.ROOT).equals(authority);
  }
}
