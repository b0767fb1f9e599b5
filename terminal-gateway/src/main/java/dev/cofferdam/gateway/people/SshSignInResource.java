// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.people;

import dev.cofferdam.gateway.door.PublicOrigin;
import dev.cofferdam.gateway.limit.SignInLimits;
import dev.cofferdam.gateway.people.Shapes.SignedChallenge;
import dev.cofferdam.gateway.people.Shapes.SshChallenge;
import dev.cofferdam.gateway.people.Shapes.WhoSigns;
import dev.cofferdam.gateway.signin.SshAnswers;
import dev.cofferdam.gateway.signin.Visitor;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Signing in with an SSH key. */
@Path("/api/sign-in/ssh-key")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SshSignInResource {
  /** More than any name or fingerprint has. */
  private static final int LONGEST_ACCOUNT = 100;

  private final AuthRoutes auth;
  private final Visitor visitor;
  private final PublicOrigin origin;
  private final SignInLimits limits;
  private final SshAnswers answers;

  SshSignInResource(
      AuthRoutes auth,
      Visitor visitor,
      PublicOrigin origin,
      SignInLimits limits,
      SshAnswers answers) {
    this.answers = answers;
    this.limits = limits;
    this.auth = auth;
    this.visitor = visitor;
    this.origin = origin;
  }

  @POST
  @Path("/challenges")
  @ResponseStatus(201)
  @Operation(summary = "Ask for what has to be signed to sign in with an SSH key")
  @APIResponseSchema(
      value = SshChallenge.class,
      responseCode = "201",
      responseDescription = "The same for people who are not known")
  @APIResponse(responseCode = "400", description = "A name or fingerprint that can be none")
  @APIResponse(responseCode = "429", description = "Too many tries; Retry-After says how long")
  @APIResponse(responseCode = "503", description = "auth-service does not answer")
  public SshChallenge challenge(@Nullable WhoSigns body) {
    WhoSigns who = AuthRoutes.require(body);
    String account = account(who);
    if (!account.isEmpty()) {
      limits.requireTry(account, visitor.address());
    }
    Map<String, String> request =
        Map.of(
            "origin", origin.text(),
            "name", text(who.name()),
            "fingerprint", text(who.fingerprint()),
            "address", visitor.address());
    return auth.asPart("/internal/ssh-key/challenges", request, SshChallenge.class);
  }

  @POST
  @Operation(summary = "Sign in with the signature of a challenge")
  @APIResponse(responseCode = "204", description = "Signed in: the answer sets the cookie")
  @APIResponse(responseCode = "400", description = "Not a signature as ssh-keygen prints it")
  @APIResponse(
      responseCode = "401",
      description =
          "The key is not registered, or not that of the name, or has not signed this"
              + " (key-not-registered)")
  @APIResponse(responseCode = "403", description = "The account is switched off (account-disabled)")
  @APIResponse(
      responseCode = "410",
      description = "The challenge was used, or its minute is over (challenge-spent)")
  @APIResponse(responseCode = "429", description = "Too many tries; Retry-After says how long")
  @APIResponse(responseCode = "503", description = "auth-service does not answer")
  public RestResponse<Void> signIn(@Nullable SignedChallenge body) {
    SignedChallenge signed = AuthRoutes.require(body);
    return visitor.signedIn(answers.signIn(text(signed.challengeId()), text(signed.signature())));
  }

  /**
   * Whom they want to be, whether there is somebody like that; empty if they do not say, or say
   * what can be nobody's and is refused as such: nothing of that length is remembered.
   */
  private static String account(WhoSigns who) {
    String name = text(who.name()).strip();
    String account = name.isEmpty() ? text(who.fingerprint()).strip() : name;
    return account.length() > LONGEST_ACCOUNT ? "" : account;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
