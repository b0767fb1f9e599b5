// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the rules of the door look at. */
record Asked(
    String method,
    String path,
    List<String> hosts,
    List<String> origins,
    Optional<String> fetchSite,
    Optional<String> contentType,
    Optional<String> contentLength,
    boolean chunked,
    Optional<String> coffer) {
  Asked {
    hosts = List.copyOf(hosts);
    origins = List.copyOf(origins);
  }

  static Asked of(HttpServerRequest request, String path) {
    return new Asked(
        request.method().name(),
        path,
        request.headers().getAll("Host"),
        request.headers().getAll("Origin"),
        Optional.ofNullable(request.getHeader("Sec-Fetch-Site")),
        Optional.ofNullable(request.getHeader("Content-Type")),
        Optional.ofNullable(request.getHeader("Content-Length")),
        request.headers().contains("Transfer-Encoding"),
        Optional.ofNullable(request.getHeader("X-Coffer")));
  }

  /** Whether it can change nothing. */
  boolean isSafe() {
    return method.equals("GET") || method.equals("HEAD");
  }

  boolean isApi() {
    return path.equals("/api") || path.startsWith("/api/");
  }

  boolean isFor(String authority) {
    return hosts.size() == 1 && hosts.getFirst().toLowerCase(Locale.ROOT).equals(authority);
  }
}
