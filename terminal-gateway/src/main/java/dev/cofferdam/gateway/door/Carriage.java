// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door;

import dev.cofferdam.problems.Problem;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * How a request must have come. Where a proxy terminates TLS for an https origin, only what comes
 * from its address and says {@code X-Forwarded-Proto: https} has been carried safely: a server must
 * refuse the rest, and 421 is what says so (RFC 9110 section 7.4).
 */
final class Carriage {
  private final PublicOrigin origin;
  private final TrustedProxies proxies;

  Carriage(PublicOrigin origin, TrustedProxies proxies) {
    this.origin = origin;
    this.proxies = proxies;
  }

  Optional<Problem> refusal(HttpServerRequest request) {
    String peer =
        Optional.ofNullable(request.remoteAddress()).map(SocketAddress::hostAddress).orElse("");
    return refusal(peer, request.headers().getAll("X-Forwarded-Proto"));
  }

  Optional<Problem> refusal(String peer, List<String> forwardedProtocols) {
    if (!origin.isSecure() || !proxies.exist()) {
      return Optional.empty();
    }
    boolean safe = proxies.include(peer) && forwardedProtocols.equals(List.of("https"));
    return safe ? Optional.empty() : Optional.of(origin.notHere());
  }
}
