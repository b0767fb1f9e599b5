// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.passkey;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.auth.signin.SignInAnswer;
import dev.cofferdam.edge.AdmitCaller;
import dev.cofferdam.edge.RequestBody;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Signing in with a passkey, for the gateway. */
@Path("/internal/passkey")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@AdmitCaller("gateway")
@RunOnVirtualThread
public class PasskeySignInResource {
  private final Challenges challenges;
  private final PasskeySignIns signIns;
  private final RelyingParty party;

  PasskeySignInResource(Challenges challenges, PasskeySignIns signIns, RelyingParty party) {
    this.challenges = challenges;
    this.signIns = signIns;
    this.party = party;
  }

  public record ChallengeRequest(@Nullable String address) {}

  public record PasskeySignIn(
      @Nullable String challengeId,
      @Schema(type = SchemaType.OBJECT) @Nullable JsonNode credential,
      @Nullable String userAgent,
      @Nullable String address) {}

  @POST
  @Path("/challenges")
  @ResponseStatus(201)
  @APIResponseSchema(
      value = Options.Request.class,
      responseCode = "201",
      responseDescription = "Options for the authenticator")
  @APIResponse(
      responseCode = "429",
      description = "Too many sign-ins were started (too-many-challenges)")
  public Options.Request challenge(@Nullable ChallengeRequest body) {
    String address = text(RequestBody.require(body).address());
    return Options.request(challenges.forSigningIn(address), party);
  }

  @POST
  @Path("/sign-ins")
  @ResponseStatus(201)
  @APIResponseSchema(
      value = SignInAnswer.class,
      responseCode = "201",
      responseDescription = "Who it is, and the browser session")
  @APIResponse(
      responseCode = "403",
      description =
          "The passkey is unknown, removed or wrong, all alike; or the account is switched off (passkey-refused, account-disabled)")
  @APIResponse(
      responseCode = "410",
      description = "The challenge is not good any more (challenge-gone)")
  public SignInAnswer signIn(@Nullable PasskeySignIn body) {
    PasskeySignIn request = RequestBody.require(body);
    return SignInAnswer.of(
        signIns.signIn(
            PasskeyResource.challengeId(request.challengeId()),
            PasskeyResource.credential(request.credential()),
            new PasskeySignIns.Visit(text(request.userAgent()), text(request.address()))));
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
