// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.program;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.edge.RequestBody;
import dev.cofferdam.gateway.signin.AuthPart;
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
import org.jspecify.annotations.Nullable;

/**
 * Signing in a program of one's own with an SSH key. A browser gets a cookie elsewhere and never
 * one of these: they are given for a fresh signature or for the token before, not for a cookie.
 */
@Path("/api/sign-in/tokens")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class TokenPairResource {
  private final AuthPart auth;
  private final Visitor visitor;
  private final ObjectMapper json;
  private final SshAnswers answers;

  TokenPairResource(AuthPart auth, Visitor visitor, ObjectMapper json, SshAnswers answers) {
    this.answers = answers;
    this.auth = auth;
    this.visitor = visitor;
    this.json = json;
  }

  @POST
  @Path("/ssh-key")
  @ResponseStatus(201)
  @Operation(summary = "Sign a program in with the signature of a challenge")
  @APIResponseSchema(
      value = TokenPair.class,
      responseCode = "201",
      responseDescription = "An access token and the token for the next")
  @APIResponse(responseCode = "400", description = "Not a signature as ssh-keygen prints it")
  @APIResponse(
      responseCode = "401",
      description = "The key has not signed this, or is unknown (key-not-registered)")
  @APIResponse(responseCode = "403", description = "The account is switched off (account-disabled)")
  @APIResponse(
      responseCode = "410",
      description = "The challenge was used, or its minute is over (challenge-spent)")
  @APIResponse(responseCode = "429", description = "Too many tries; Retry-After says how long")
  public TokenPair signIn(TokenPair.@Nullable SignedByKey body) {
    TokenPair.SignedByKey signed = RequestBody.require(body);
    return pair(answers.signInProgram(text(signed.challengeId()), text(signed.signature())));
  }

  @POST
  @ResponseStatus(201)
  @Operation(summary = "The next pair for a refresh token, which is spent by this")
  @APIResponseSchema(
      value = TokenPair.class,
      responseCode = "201",
      responseDescription = "An access token and the token for the next")
  @APIResponse(responseCode = "400", description = "Not a refresh token by its form")
  @APIResponse(
      responseCode = "401",
      description = "It is unknown, or was spent: then all ends (signed-out)")
  @APIResponse(responseCode = "429", description = "Too many tries; Retry-After says how long")
  public TokenPair refresh(TokenPair.@Nullable Refresh body) {
    String token = text(RequestBody.require(body).refreshToken());
    Map<String, String> shown = Map.of("refreshToken", token, "address", visitor.address());
    return pair(auth.asPart("POST", "/internal/refreshes", shown));
  }

  private TokenPair pair(JsonNode answer) {
    TokenPair pair = json.convertValue(answer, TokenPair.class);
    visitor.given(pair.accessToken());
    return pair;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
