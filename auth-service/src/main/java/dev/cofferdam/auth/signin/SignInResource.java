// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.signin;

import dev.cofferdam.edge.AdmitCaller;
import dev.cofferdam.edge.RequestBody;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** What other parts may do with sign-ins. Nothing here is for browsers. */
@Path("/internal")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SignInResource {
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final SignIns signIns;
  private final OperatorLinks links;
  private final EmergencyStop stop;

  SignInResource(SignIns signIns, OperatorLinks links, EmergencyStop stop) {
    this.stop = stop;
    this.signIns = signIns;
    this.links = links;
  }

  /**
   * @param name whom the link is for; the owner if nobody is named
   */
  public record LinkRequest(@Nullable String name) {}

  public record LinkAnswer(String token) {}

  public record SignInRequest(
      @Nullable String linkToken, @Nullable String userAgent, @Nullable String address) {}

  public record EmergencyRequest(@Nullable Boolean stopped) {
    static boolean require(@Nullable EmergencyRequest request) {
      return stops(RequestBody.require(request).stopped());
    }

    static boolean stops(@Nullable Boolean stopped) {
      if (stopped == null) {
        throw new ProblemException(Problem.badField("stopped", "true or false"));
      }
      return stopped;
    }
  }

  /**
   * @param ended how many sign-ins there were
   */
  public record EndedAnswer(int ended) {}

  public record SignOutRequest(@Nullable String secret) {}

  @POST
  @Path("/links")
  @AdmitCaller("stack")
  @ResponseStatus(201)
  @APIResponseSchema(
      value = LinkAnswer.class,
      responseCode = "201",
      responseDescription = "The link's token")
  @APIResponse(
      responseCode = "403",
      description = "Another part asks, or the account is switched off (account-disabled)")
  @APIResponse(responseCode = "404", description = "Nobody has this name (not-found)")
  public LinkAnswer newLink(@Nullable LinkRequest body) {
    String name = RequestBody.require(body).name();
    return new LinkAnswer(
        name == null ? links.forOwner() : links.forPerson(PersonName.parse("name", name)));
  }

  @POST
  @Path("/sign-ins")
  @AdmitCaller("gateway")
  @ResponseStatus(201)
  @APIResponseSchema(
      value = SignInAnswer.class,
      responseCode = "201",
      responseDescription = "Who it is, and the browser session")
  @APIResponse(
      responseCode = "403",
      description = "Another part asks, or the account is switched off (account-disabled)")
  @APIResponse(
      responseCode = "410",
      description = "The link works no more (link-spent, link-expired, link-unknown)")
  public SignInAnswer signIn(@Nullable SignInRequest body) {
    SignInRequest request = RequestBody.require(body);
    String token = secret("linkToken", request.linkToken());
    return switch (signIns.signIn(token, text(request.userAgent()), text(request.address()))) {
      case SignIns.Outcome.Refused refused -> throw new ProblemException(refused.problem());
      case SignIns.Outcome.SignedIn in -> SignInAnswer.of(in);
    };
  }

  @POST
  @Path("/sign-outs")
  @AdmitCaller("gateway")
  public void signOut(@Nullable SignOutRequest request) {
    signIns.signOut(secret("secret", RequestBody.require(request).secret()));
  }

  /**
   * All of everybody, and all that programs and guests have; whoever may sign in may do so again.
   */
  @POST
  @Path("/emergency-stop")
  @AdmitCaller("stack")
  public EndedAnswer endAll(@Nullable EmergencyRequest request) {
    boolean stopped = EmergencyRequest.require(request);
    return new EndedAnswer(stopped ? stop.revokeEverything(Optional.empty()) : 0);
  }

  private static String secret(String field, @Nullable String value) {
    if (value == null || !SECRET.matcher(value).matches()) {
      throw new ProblemException(Problem.badField(field, "43 characters of base64url"));
    }
    return value;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
