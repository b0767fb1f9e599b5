// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.passkey;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.edge.RequestBody;
import dev.cofferdam.gateway.door.Nothing;
import dev.cofferdam.gateway.signin.Audience;
import dev.cofferdam.gateway.signin.Visitor;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Passkeys of who is signed in. */
@Path("/api/passkeys")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PasskeyResource {
  private final PasskeyPart passkeys;
  private final Visitor visitor;

  PasskeyResource(PasskeyPart passkeys, Visitor visitor) {
    this.passkeys = passkeys;
    this.visitor = visitor;
  }

  /**
   * @param name 1 to 60 characters, for people
   * @param credential what {@code PublicKeyCredential.toJSON()} gives
   */
  public record NewPasskey(
      @Nullable String challengeId,
      @Nullable String name,
      @Schema(type = SchemaType.OBJECT) @Nullable JsonNode credential) {}

  @POST
  @Path("/challenges")
  @ResponseStatus(201)
  @Operation(summary = "Options for navigator.credentials.create(), good for two minutes")
  @APIResponseSchema(
      value = CreationOptions.class,
      responseCode = "201",
      responseDescription = "The options, and the id to answer with")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  @APIResponse(responseCode = "409", description = "There are 20 passkeys (too-many-passkeys)")
  @APIResponse(
      responseCode = "429",
      description = "Too many sign-ins were started (too-many-challenges)")
  public CreationOptions challenge(@Nullable Nothing request) {
    return passkeys.challenge(bearer());
  }

  @POST
  @ResponseStatus(201)
  @Operation(summary = "Register what navigator.credentials.create() gave")
  @APIResponseSchema(
      value = PasskeyAnswer.class,
      responseCode = "201",
      responseDescription = "The new passkey")
  @APIResponse(
      responseCode = "400",
      description = "The answer or the name is not valid (passkey-not-registered)")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  @APIResponse(
      responseCode = "409",
      description = "There it is, or 20 are (passkey-known, too-many-passkeys)")
  @APIResponse(
      responseCode = "410",
      description = "The challenge is not good any more (challenge-gone)")
  public PasskeyAnswer add(@Nullable NewPasskey body) {
    NewPasskey request = RequestBody.require(body);
    return passkeys.add(
        bearer(),
        challengeId(request.challengeId()),
        request.name() == null ? "" : request.name(),
        credential(request.credential()));
  }

  @GET
  @Operation(summary = "Passkeys of who is signed in")
  @APIResponse(responseCode = "200", description = "The oldest first")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  public List<PasskeyAnswer> list() {
    return passkeys.list(bearer());
  }

  @DELETE
  @Path("/{id}")
  @ResponseStatus(204)
  @Operation(summary = "Remove a passkey; what it opened ends")
  @APIResponse(responseCode = "204", description = "It signs nobody in any more")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  @APIResponse(responseCode = "404", description = "There is none of this id for who is signed in")
  public void revoke(@RestPath String id, @Nullable Nothing request) {
    passkeys.revoke(bearer(), known(id));
  }

  private String bearer() {
    return visitor.token(Audience.AUTH);
  }

  /** It goes into a path: nothing but an id gets that far. */
  private static String known(String id) {
    try {
      return UUID.fromString(id).toString();
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.notFound("passkey"), e);
    }
  }

  static String challengeId(@Nullable String text) {
    if (text == null) {
      throw new ProblemException(Problem.badField("challengeId", "an id"));
    }
    return text;
  }

  static JsonNode credential(@Nullable JsonNode json) {
    if (json == null || !json.isObject()) {
      throw new ProblemException(
          Problem.badField("credential", "what PublicKeyCredential.toJSON() gives"));
    }
    return json;
  }
}
