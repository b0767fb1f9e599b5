// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.tokenkeys;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Tells at once, on the event loop, who shows a token that was verified before. Everybody else is
 * left to the framework, which verifies on a thread that may block: going there and back, and the
 * framework's own way of asking, take longer than looking up what is remembered.
 */
@ApplicationScoped
public class KnownCallers {
  /** The framework says at 200 how it would find out, and at 100 it begins to ask. */
  private static final int BETWEEN = 150;

  private static final String SCHEME = "Bearer ";

  private final VerifiedTokens tokens;

  KnownCallers(VerifiedTokens tokens) {
    this.tokens = tokens;
  }

  void install(@Observes Filters filters) {
    filters.register(this::tell, BETWEEN);
  }

  private void tell(RoutingContext request) {
    String header = request.request().getHeader(HttpHeaders.AUTHORIZATION);
    if (header != null && header.startsWith(SCHEME)) {
      tokens
          .findAtHand(header.substring(SCHEME.length()))
          .ifPresent(caller -> QuarkusHttpUser.setIdentity(caller.identity(), request));
    }
    request.next();
  }
}
