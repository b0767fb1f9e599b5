// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.limit;

import dev.cofferdam.gateway.door.ProblemAnswers;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.refusals.Refusal;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/** Stands behind the door and before the routes on which a credential can be guessed. */
@ApplicationScoped
class LimitedRoutes {
  private static final int BEHIND_THE_DOOR = Integer.MAX_VALUE - 1;

  /** With a token of 256 bits: others of the network who fail at theirs keep nobody from it. */
  private static final String REFRESH = "/api/sign-in/tokens";

  private final SignInLimits limits;
  private final ClientAddress clients;
  private final Event<Refusal> refusals;

  LimitedRoutes(SignInLimits limits, ClientAddress clients, Event<Refusal> refusals) {
    this.refusals = refusals;
    this.limits = limits;
    this.clients = clients;
  }

  void install(@Observes Filters filters) {
    filters.register(this::enter, BEHIND_THE_DOOR);
  }

  private void enter(RoutingContext request) {
    if (isJourney(request.request().method().name(), request.normalizedPath())) {
      limits
          .beginJourney(clients.of(request.request()))
          .ifPresentOrElse(refusal -> toPage(request, refusal), request::next);
      return;
    }
    if (!isTry(request)) {
      request.next();
      return;
    }
    String address = clients.of(request.request());
    boolean isRefresh = request.normalizedPath().equals(REFRESH);
    Optional<Problem> refusal = isRefresh ? limits.beginJourney(address) : limits.begin(address);
    if (refusal.isPresent()) {
      refusals.fire(SignInLimits.TOO_MANY.from(address, ""));
      ProblemAnswers.send(request, refusal.get());
      return;
    }
    if (!isRefresh) {
      request.addEndHandler(done -> count(address, request.response().getStatusCode()));
    }
    request.next();
  }

  /** Signing in by whatever method; not what a provider's server says, which is always heard. */
  private static boolean isTry(RoutingContext request) {
    String path = request.normalizedPath();
    boolean signIn = path.equals("/api/sign-in") || path.startsWith("/api/sign-in/");
    return signIn
        && !path.endsWith("/backchannel-logout")
        && request.request().method().name().equals("POST");
  }

  /**
   * To a provider and back: each that begins is remembered for ten minutes. By every method but the
   * tries', as whoever answers a GET answers a HEAD too (RFC 9110 section 9.3.2).
   */
  static boolean isJourney(String method, String path) {
    return path.startsWith("/api/sign-in/providers/") && !method.equals("POST");
  }

  /** A page was asked for, so a page says it. */
  private void toPage(RoutingContext request, Problem refusal) {
    refusals.fire(SignInLimits.TOO_MANY.from(clients.of(request.request()), ""));
    refusal
        .retryAfterSeconds()
        .ifPresent(wait -> request.response().putHeader("Retry-After", wait.toString()));
    request.response().setStatusCode(303).putHeader("Location", "/sign-in?problem=busy").end();
  }

  /** What was proven is told where it is known whose it is. */
  private void count(String address, int status) {
    if (status == 401 || status == 403 || status == 410) {
      limits.failed(address);
    }
  }
}
