// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

import dev.cofferdam.decisions.Action;
import dev.cofferdam.gateway.door.Nothing;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Signing in with a one-time link, and out. The browser gets a cookie and no token. */
@Path("/api")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SignInResource {
  private static final Pattern LINK_TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final AuthPart auth;
  private final Browsers browsers;
  private final Visitor visitor;
  private final String version;

  SignInResource(
      AuthPart auth,
      Browsers browsers,
      Visitor visitor,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.auth = auth;
    this.browsers = browsers;
    this.visitor = visitor;
    this.version = version;
  }

  public record SignInRequest(@Nullable String token) {}

  public record User(String id, String name, String role) {}

  public record Me(User user, String version) {}

  @POST
  @Path("/sign-in")
  @Operation(summary = "Sign in with the token of a one-time link")
  @APIResponse(responseCode = "204", description = "Signed in: the answer sets the cookie")
  @APIResponse(
      responseCode = "410",
      description = "It works no more (link-spent, link-expired, link-unknown)")
  @APIResponse(responseCode = "429", description = "Too many tries (too-many-tries)")
  @APIResponse(responseCode = "403", description = "The account is switched off (account-disabled)")
  public RestResponse<Void> signIn(@Nullable SignInRequest request) {
    String token = request == null ? null : request.token();
    if (token == null || !LINK_TOKEN.matcher(token).matches()) {
      throw new ProblemException(Problem.badField("token", "43 characters of base64url"));
    }
    return visitor.signedIn(auth.signIn(token, visitor.userAgent(), visitor.address()));
  }

  @GET
  @Path("/me")
  @Operation(summary = "Who is signed in")
  @APIResponse(responseCode = "200", description = "The person, and the version of this server")
  @APIResponse(responseCode = "401", description = "Nobody is")
  public Me me() {
    visitor.access().requireOwn(Action.PROFILE_READ);
    Browser browser = visitor.browser();
    return new Me(
        new User(browser.user().toString(), browser.name(), browser.role().wireName()), version);
  }

  @POST
  @Path("/sign-out")
  @Operation(summary = "Sign out this browser, or the program that shows its access token")
  @APIResponse(
      responseCode = "204",
      description = "Signed out: its sockets close. An API key has no sign-in and stays good")
  @APIResponse(
      responseCode = "202",
      description =
          "Signed out of this gateway; auth-service is away and is told as soon as it is back")
  public RestResponse<Void> signOut(@Nullable Nothing request) {
    RestResponse.Status status = RestResponse.Status.NO_CONTENT;
    if (visitor.shown().orElse(null) instanceof Presented.AccessToken) {
      signOutProgram();
    } else if (!visitor.cookie().map(browsers::signOut).orElse(true)) {
      status = RestResponse.Status.ACCEPTED;
    }
    return RestResponse.ResponseBuilder.<Void>create(status)
        .header("Set-Cookie", Cookie.clear())
        .header("Clear-Site-Data", "\"storage\"")
        .build();
  }

  /** What signed in by SSH key has no cookie: its sign-in ends with its refresh tokens. */
  private void signOutProgram() {
    UUID signIn = visitor.browser().signIn();
    auth.asVisitor("DELETE", "/devices/" + signIn, visitor.token(Audience.AUTH), null);
    browsers.endedElsewhere(signIn, BrowserEnded.SIGNED_OUT);
  }
}
