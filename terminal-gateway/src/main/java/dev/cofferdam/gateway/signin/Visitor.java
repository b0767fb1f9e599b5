// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Kind;
import dev.cofferdam.decisions.Resource;
import dev.cofferdam.decisions.Subject;
import dev.cofferdam.edge.Access;
import dev.cofferdam.gateway.limit.ClientAddress;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;

/** Who sends the present request. Blocks where auth-service has to be asked. */
@RequestScoped
public class Visitor {
  private final RoutingContext request;
  private final Browsers browsers;
  private final ClientAddress clients;
  private final Lookups lookups;

  Visitor(RoutingContext request, Browsers browsers, ClientAddress clients, Lookups lookups) {
    this.lookups = lookups;
    this.request = request;
    this.browsers = browsers;
    this.clients = clients;
  }

  /**
   * The signed-in browser.
   *
   * @throws ProblemException 401 if there is none
   */
  public Browser browser() {
    return browsers.require(presented(), place());
  }

  /** For what is decided here; what services do they decide themselves. */
  public Access access() {
    Subject subject = browser().subject(Instant.now());
    return new Access(() -> subject);
  }

  /** Of a workspace that was seen to be theirs, so that a refusal comes before anything starts. */
  public void requireOpening(WorkspaceId workspace) {
    Access access = access();
    access.require(Action.SESSION_OPEN, Resource.workspace(access.user(), workspace));
  }

  /** The same for a terminal in it. */
  public void requireTerminal(WorkspaceId workspace) {
    Access access = access();
    access.require(Action.TERMINAL_USE, Resource.in(Kind.TERMINAL, access.user(), workspace));
  }

  /** A bearer token for one service, in the name of the visitor. */
  public String token(Audience audience) {
    return browsers.token(presented(), audience, place());
  }

  /** The same for use on other threads, also after this request. */
  public Supplier<String> bearer(Audience audience) {
    Presented presented = presented();
    AuthPart.Place from = place();
    return () -> browsers.token(presented, audience, from);
  }

  /** The browser, also while auth-service is away or may not be asked: for locking only. */
  public Browser browserEvenIfAuthIsAway() {
    try {
      return browser();
    } catch (ProblemException e) {
      if (e.problem().status() < 500 && e.problem().status() != 429) {
        throw e;
      }
      return browsers.remembered(presented()).orElseThrow(() -> e);
    }
  }

  /** What they are signed in with, if auth-service said so lately; else empty. Does not block. */
  public String credential() {
    return browsers.credential(presented());
  }

  private AuthPart.Place place() {
    return new AuthPart.Place(userAgent(), address());
  }

  private Presented presented() {
    return Presented.of(request.request())
        .orElseThrow(() -> new ProblemException(Problem.signedOut()));
  }

  /**
   * Who was just signed in gets a cookie for it; the session that this browser had before is over.
   *
   * @param secret of the new browser session
   */
  public RestResponse<Void> signedIn(String secret) {
    cookie().ifPresent(browsers::signOut);
    return RestResponse.ResponseBuilder.<Void>noContent()
        .header("Set-Cookie", cookieOf(secret))
        .build();
  }

  /**
   * The same for a browser that comes from elsewhere and goes on to a page of ours. From there it
   * does not show a session that it may have, so none ends.
   */
  public RestResponse<Void> signedIn(String secret, URI page) {
    return RestResponse.ResponseBuilder.<Void>create(RestResponse.Status.SEE_OTHER)
        .location(page)
        .header("Set-Cookie", cookieOf(secret))
        .build();
  }

  private String cookieOf(String secret) {
    given(secret);
    return Cookie.set(secret);
  }

  /** They were given it by auth-service just now, so it is good when they show it. */
  public void given(String secret) {
    lookups.isGood(BrowserKey.of(secret));
  }

  /**
   * Whether this browser's cookie is good, as far as it may be asked.
   *
   * @throws ProblemException if that can't be asked
   */
  public boolean isSignedIn() {
    if (cookie().isEmpty()) {
      return false;
    }
    try {
      browser();
      return true;
    } catch (ProblemException e) {
      if (e.problem().status() == 401 || e.problem().status() == 429) {
        return false;
      }
      throw e;
    }
  }

  /** What this request says who it is by, good or not. */
  Optional<Presented> shown() {
    return Presented.of(request.request());
  }

  Optional<String> cookie() {
    return Cookie.secret(request.request());
  }

  /** From where, as the server sees it; may be empty. */
  public String address() {
    return clients.of(request.request());
  }

  /** What the browser says of itself; may be empty. */
  public String userAgent() {
    return Optional.ofNullable(request.request().getHeader("User-Agent")).orElse("");
  }
}
