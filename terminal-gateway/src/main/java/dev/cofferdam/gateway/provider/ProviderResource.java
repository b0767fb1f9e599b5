// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.provider;

import dev.cofferdam.gateway.door.PublicOrigin;
import dev.cofferdam.gateway.signin.Visitor;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Signing in at a provider. The first two routes are for browsers that go there by themselves. */
@Path("/api/sign-in/providers/{id}")
@RunOnVirtualThread
public class ProviderResource {
  private static final Logger LOG = Logger.getLogger(ProviderResource.class);
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,30}");
  private static final int LONGEST_TOKEN = 16 * 1024;

  private final ProviderPart providers;
  private final Visitor visitor;
  private final RoutingContext request;
  private final PublicOrigin origin;

  ProviderResource(
      ProviderPart providers, Visitor visitor, RoutingContext request, PublicOrigin origin) {
    this.providers = providers;
    this.visitor = visitor;
    this.request = request;
    this.origin = origin;
  }

  @GET
  @Operation(summary = "Go to a provider to sign in there")
  @APIResponse(
      responseCode = "303",
      description =
          "To the provider, to the first page if signed in, or to one that says why not"
              + " (busy, too-many-tries, provider-answer, provider-away)")
  public RestResponse<Void> begin(@RestPath String id) {
    String journey = JourneyCookie.secret(request.request()).orElseGet(JourneyCookie::fresh);
    try {
      known(id);
      if (visitor.isSignedIn()) {
        // A link that somebody was made to follow must end nothing.
        return RestResponse.seeOther(page("/"));
      }
      URI there = providers.begin(id, journey, visitor.address());
      return goTo(there, JourneyCookie.set(journey));
    } catch (ProblemException e) {
      return toSignIn(e.problem());
    }
  }

  @GET
  @Path("/callback")
  @Operation(summary = "Come back from a provider")
  @APIResponse(
      responseCode = "303",
      description =
          "Signed in: the answer sets the cookie; or to a page that says why not"
              + " (sign-in-expired, provider-refused, not-admitted, account-disabled,"
              + " too-many-people, provider-answer, provider-away)")
  public RestResponse<Void> callback(@RestPath String id) {
    try {
      ProviderAnswer answer = ProviderAnswer.read(request.queryParams());
      String journey = JourneyCookie.secret(request.request()).orElseThrow(ProviderAnswer::expired);
      String secret =
          providers.finish(
              known(id), journey, answer.members(), visitor.userAgent(), visitor.address());
      RestResponse<Void> signedIn = visitor.signedIn(secret, page("/"));
      signedIn.getHeaders().add("Set-Cookie", JourneyCookie.clear());
      return signedIn;
    } catch (ProblemException e) {
      return toSignIn(e.problem());
    }
  }

  @POST
  @Path("/backchannel-logout")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "A provider says that somebody signed out there")
  @APIResponse(responseCode = "200", description = "What hung on that session has ended")
  @APIResponse(
      responseCode = "400",
      description = "Not a logout token of this provider for us (logout-token)")
  @APIResponse(responseCode = "404", description = "There is no such provider")
  @APIResponse(
      responseCode = "503",
      description =
          "Nothing has ended: the provider's keys can't be had, or a part does not answer; send it again (provider-away)")
  public RestResponse<Void> logout(
      @RestPath String id, @RestForm("logout_token") @Nullable String token) {
    if (token == null || token.isEmpty() || token.length() > LONGEST_TOKEN) {
      throw new ProblemException(Problem.badField("logout_token", "a logout token"));
    }
    providers.logout(known(id), token);
    return RestResponse.ok();
  }

  /** It goes into a path: nothing else gets that far. */
  private static String known(String id) {
    if (!ID.matcher(id).matches()) {
      throw new ProblemException(Problem.notFound("provider"));
    }
    return id;
  }

  /** The page finds words for it; the log has the rest, by the id. */
  private RestResponse<Void> toSignIn(Problem problem) {
    LOG.infof("sign-in at a provider: %s %s", problem.slug(), problem.id());
    String slug = problem.slug().equals("not-found") ? "provider-unknown" : problem.slug();
    return goTo(page("/sign-in?problem=" + slug), JourneyCookie.clear());
  }

  private URI page(String path) {
    return URI.create(origin.text() + path);
  }

  private static RestResponse<Void> goTo(URI address, String cookie) {
    return RestResponse.ResponseBuilder.<Void>create(RestResponse.Status.SEE_OTHER)
        .location(address)
        .header("Set-Cookie", cookie)
        .build();
  }
}
