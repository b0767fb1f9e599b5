// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.passkey;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.edge.RequestBody;
import dev.cofferdam.gateway.door.Nothing;
import dev.cofferdam.gateway.signin.Visitor;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Signing in with a passkey. The browser gets a cookie and no token. */
@Path("/api/sign-in/passkey")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PasskeySignInResource {
  private final PasskeyPart passkeys;
  private final Visitor visitor;

  PasskeySignInResource(PasskeyPart passkeys, Visitor visitor) {
    this.passkeys = passkeys;
    this.visitor = visitor;
  }

  /**
   * @param credential what {@code PublicKeyCredential.toJSON()} gives
   */
  public record PasskeySignIn(
      @Nullable String challengeId,
      @Schema(type = SchemaType.OBJECT) @Nullable JsonNode credential) {}

  @POST
  @Path("/challenges")
  @ResponseStatus(201)
  @Operation(summary = "Options for navigator.credentials.get(), good for two minutes")
  @APIResponseSchema(
      value = RequestOptions.class,
      responseCode = "201",
      responseDescription = "The options, and the id to answer with")
  @APIResponse(
      responseCode = "429",
      description = "Too many sign-ins were started (too-many-challenges)")
  public RequestOptions challenge(@Nullable Nothing request) {
    return passkeys.challenge(visitor);
  }

  @POST
  @Operation(summary = "Sign in with what navigator.credentials.get() gave")
  @APIResponse(responseCode = "204", description = "Signed in: the answer sets the cookie")
  @APIResponse(
      responseCode = "403",
      description =
          "Unknown, removed or wrong, all alike; or the account is switched off"
              + " (passkey-refused, account-disabled)")
  @APIResponse(
      responseCode = "410",
      description = "The challenge is not good any more (challenge-gone)")
  public RestResponse<Void> signIn(@Nullable PasskeySignIn body) {
    PasskeySignIn request = RequestBody.require(body);
    return visitor.signedIn(
        passkeys.signIn(
            PasskeyResource.challengeId(request.challengeId()),
            PasskeyResource.credential(request.credential()),
            visitor));
  }
}
