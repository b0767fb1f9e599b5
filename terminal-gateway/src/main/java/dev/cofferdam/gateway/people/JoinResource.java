// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.people;

import dev.cofferdam.gateway.people.Shapes.Acceptance;
import dev.cofferdam.gateway.people.Shapes.Joined;
import dev.cofferdam.gateway.people.Shapes.KeyChallenge;
import dev.cofferdam.gateway.people.Shapes.ShownInvitation;
import dev.cofferdam.gateway.signin.Visitor;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Somebody who was invited makes their account. */
@Path("/api/sign-in/invitation")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class JoinResource {
  private final AuthRoutes auth;
  private final Visitor visitor;

  JoinResource(AuthRoutes auth, Visitor visitor) {
    this.auth = auth;
    this.visitor = visitor;
  }

  @POST
  @Path("/challenges")
  @ResponseStatus(201)
  @Operation(summary = "Ask for what the key of somebody who was invited has to sign")
  @APIResponseSchema(
      value = KeyChallenge.class,
      responseCode = "201",
      responseDescription = "For this invitation, for 5 minutes")
  @APIResponse(responseCode = "400", description = "A field breaks a rule")
  @APIResponse(
      responseCode = "410",
      description = "The invitation is not good any more (invitation-spent)")
  @APIResponse(responseCode = "429", description = "Too many tries; Retry-After says how long")
  @APIResponse(responseCode = "503", description = "auth-service does not answer")
  public KeyChallenge challenge(@Nullable ShownInvitation body) {
    Map<String, String> request = asked(AuthRoutes.require(body).token());
    return auth.asPart("/internal/invitations/challenges", request, KeyChallenge.class);
  }

  @POST
  @ResponseStatus(201)
  @Operation(summary = "Make the account that an invitation is for, with a first SSH key")
  @APIResponseSchema(
      value = Joined.class,
      responseCode = "201",
      responseDescription = "They can sign in with the key now")
  @APIResponse(
      responseCode = "400",
      description =
          "A field breaks a rule, or the signature; nothing was spent (other-namespace,"
              + " signature-not-valid, key-not-taken)")
  @APIResponse(
      responseCode = "409",
      description =
          "The name is taken, the key in use, there is no room, or this server is for one person"
              + " (name-taken, key-in-use, too-many-people, one-person-only)")
  @APIResponse(
      responseCode = "410",
      description =
          "The invitation is not good any more, or the challenge (invitation-spent,"
              + " challenge-spent)")
  @APIResponse(responseCode = "429", description = "Too many tries; Retry-After says how long")
  @APIResponse(responseCode = "503", description = "auth-service does not answer")
  public Joined join(@Nullable Acceptance body) {
    Acceptance accepted = AuthRoutes.require(body);
    Map<String, String> request = asked(accepted.token());
    request.put("name", accepted.name());
    request.put("keyName", accepted.keyName());
    request.put("challengeId", accepted.challengeId());
    request.put("signature", accepted.signature());
    return auth.asPart("/internal/invitations/acceptances", request, Joined.class);
  }

  private Map<String, String> asked(@Nullable String token) {
    Map<String, String> request = new HashMap<>();
    request.put("token", token);
    request.put("userAgent", visitor.userAgent());
    request.put("address", visitor.address());
    return request;
  }
}
