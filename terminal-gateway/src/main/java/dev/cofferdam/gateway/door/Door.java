// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door;

import dev.cofferdam.gateway.refusal.GatewayRefusals;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.refusals.Refusal;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.Set;

/** Stands before every route, also those of the framework. */
@ApplicationScoped
class Door {
  private static final long LINGER_MILLIS = 1000;

  /** What only somebody else's page, or a program that tries things, asks for. */
  private static final Set<String> NOT_OURS = Set.of("wrong-host", "other-site", "two-credentials");

  private final PublicOrigin origin;
  private final DoorRules rules;
  private final SecurityHeaders headers;
  private final Carriage carriage;
  private final CrossOrigin crossOrigin;
  private final GatewayRefusals refusals;

  Door(PublicOrigin origin, OtherOrigins others, TrustedProxies proxies, GatewayRefusals refusals) {
    this.origin = origin;
    this.refusals = refusals;
    rules = new DoorRules(origin, others);
    crossOrigin = new CrossOrigin(others);
    carriage = new Carriage(origin, proxies);
    headers = new SecurityHeaders(origin.isSecure());
  }

  void install(@Observes Filters filters) {
    filters.register(this::enter, Integer.MAX_VALUE);
  }

  /** What names no host, or none that is one, or no path, is failed before any filter sees it. */
  void catchStray(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).failureHandler(this::stray);
  }

  private void stray(RoutingContext request) {
    boolean namesNoHost = request.request().authority() == null;
    if (!namesNoHost && request.request().uri().startsWith("/")) {
      request.next();
      return;
    }
    headers.put(request.response()::putHeader);
    ProblemAnswers.send(request, namesNoHost ? origin.notHere() : Problem.notFound("page"));
  }

  private void enter(RoutingContext request) {
    HttpServerResponse answer = request.response();
    headers.put(answer::putHeader);
    request.addHeadersEndHandler(v -> forbidCaching(answer));
    Asked asked = Asked.of(request.request(), request.normalizedPath());
    if (isPageOnLoopback(asked)) {
      sendToOrigin(request);
      return;
    }
    crossOrigin.mark(asked, answer.headers());
    boolean preflight = crossOrigin.isPreflight(asked, request.request());
    Optional<Problem> refusal =
        carriage
            .refusal(request.request())
            .or(() -> rules.wrongHost(asked))
            .or(() -> TargetRules.refusal(asked.path()))
            .or(() -> preflight ? crossOrigin.refusal(request.request()) : rules.refusal(asked));
    if (refusal.isPresent()) {
      refuse(request, refusal.get());
      return;
    }
    if (preflight) {
      crossOrigin.allow(request.request());
      return;
    }
    request.next();
  }

  /** Last of all: what says nothing on caching is not cached. */
  private static void forbidCaching(HttpServerResponse answer) {
    if (!answer.headers().contains("Cache-Control")) {
      answer.putHeader("Cache-Control", "no-store");
    }
  }

  /** People type 127.0.0.1; the cookie and passkeys are for the name. Programs are told instead. */
  private boolean isPageOnLoopback(Asked asked) {
    return !origin.isSecure()
        && asked.isSafe()
        && !asked.isApi()
        && asked.isFor(origin.loopbackAuthority())
        && !asked.isFor(origin.authority());
  }

  private void sendToOrigin(RoutingContext request) {
    request
        .response()
        .setStatusCode(307)
        .putHeader("Location", origin.text() + request.normalizedPath())
        .end();
  }

  private void refuse(RoutingContext request, Problem problem) {
    if (NOT_OURS.contains(problem.slug())) {
      refusals.add(Refusal.of("request-refused", problem.slug()), request.request());
    }
    if (problem.status() == 413 || problem.status() == 411) {
      request.response().putHeader("Connection", "close");
      request.addEndHandler(answered -> hangUp(request, problem.status() == 413));
    }
    ProblemAnswers.send(request, problem);
  }

  /**
   * The body is not read. One without a length could be taken for the next request; one that is too
   * large gets some time, since a client that still sends would not hear our answer (RFC 9112
   * section 9.6).
   */
  private static void hangUp(RoutingContext request, boolean later) {
    HttpConnection connection = request.request().connection();
    if (later) {
      request.vertx().setTimer(LINGER_MILLIS, timer -> connection.close());
    } else {
      connection.close();
    }
  }
}
