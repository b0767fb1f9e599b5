// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.outbox;

import dev.cofferdam.edge.AccessTokens;
import dev.cofferdam.edge.ClientAddressHeader;
import dev.cofferdam.events.Actor;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.problems.ProblemException;
import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Whose request this thread works for: the person of its access token, and the address that the
 * gateway saw it come from.
 */
@ApplicationScoped
public class RequestActor {
  private final CurrentVertxRequest current;
  private final JsonWebToken token;

  RequestActor(CurrentVertxRequest current, JsonWebToken token) {
    this.current = current;
    this.token = token;
  }

  /** {@link Actor#NOBODY} for a thread that works for no request. */
  public Actor now() {
    if (!Arc.container().requestContext().isActive()) {
      return Actor.NOBODY;
    }
    RoutingContext request = current.getCurrent();
    if (request == null) {
      return Actor.NOBODY;
    }
    // On a route for other parts nobody has looked for a token: what is shown there is none.
    Optional<UserId> user = request.user() == null ? Optional.empty() : user();
    String credential = user.isPresent() ? AccessTokens.credential(token) : "";
    return new Actor(user, credential, ClientAddressHeader.in(request.request()));
  }

  private Optional<UserId> user() {
    try {
      return Optional.of(AccessTokens.user(token));
    } catch (ProblemException e) {
      return Optional.empty();
    }
  }
}
