// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.invitation;

import dev.cofferdam.auth.signin.PersonName;
import dev.cofferdam.auth.signin.SignInAnswer;
import dev.cofferdam.auth.sshkey.KeyChallengeAnswer;
import dev.cofferdam.auth.sshkey.Signed;
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

/** What the gateway carries from somebody who was invited. */
@Path("/internal/invitations")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@AdmitCaller("gateway")
@RunOnVirtualThread
public class AcceptResource {
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final Invitations invitations;

  AcceptResource(Invitations invitations) {
    this.invitations = invitations;
  }

  public record AcceptRequest(
      @Nullable String token,
      @Nullable String name,
      @Nullable String keyName,
      @Nullable String challengeId,
      @Nullable String signature,
      @Nullable String userAgent,
      @Nullable String address) {}

  public record ChallengeRequest(
      @Nullable String token, @Nullable String userAgent, @Nullable String address) {}

  /** Who is there now, and the key that signs them in. */
  public record AcceptAnswer(SignInAnswer.User user, String fingerprint) {}

  @POST
  @Path("/challenges")
  @ResponseStatus(201)
  @APIResponseSchema(
      value = KeyChallengeAnswer.class,
      responseCode = "201",
      responseDescription = "For this invitation, for 5 minutes")
  @APIResponse(
      responseCode = "410",
      description = "The invitation is not good any more (invitation-spent)")
  @APIResponse(responseCode = "429", description = "32 wait already (too-many-tries)")
  public KeyChallengeAnswer challenge(@Nullable ChallengeRequest body) {
    ChallengeRequest request = RequestBody.require(body);
    Invitations.From from = from(request.userAgent(), request.address());
    return KeyChallengeAnswer.of(invitations.challenge(token(request.token()), from));
  }

  @POST
  @Path("/acceptances")
  @ResponseStatus(201)
  @APIResponseSchema(
      value = AcceptAnswer.class,
      responseCode = "201",
      responseDescription = "The new account, and its key")
  @APIResponse(
      responseCode = "400",
      description =
          "A field breaks a rule, or the signature (other-namespace, signature-not-valid,"
              + " key-not-taken)")
  @APIResponse(
      responseCode = "409",
      description =
          "The name is taken, the key in use, there is no room, or this server is for one person (name-taken, key-in-use, too-many-people, one-person-only)")
  @APIResponse(
      responseCode = "410",
      description =
          "The invitation is not good any more, or the challenge (invitation-spent,"
              + " challenge-spent)")
  public AcceptAnswer accept(@Nullable AcceptRequest body) {
    AcceptRequest request = RequestBody.require(body);
    String token = token(request.token());
    Optional<PersonName> name =
        Optional.ofNullable(request.name()).map(chosen -> PersonName.parse("name", chosen));
    Signed signed = Signed.read(request.challengeId(), request.signature());
    Invitations.From from = from(request.userAgent(), request.address());
    Invitations.Accepted accepted =
        invitations.accept(token, name, new Invitations.OwnKey(request.keyName(), signed), from);
    return new AcceptAnswer(SignInAnswer.User.of(accepted.account()), accepted.key().fingerprint());
  }

  private static String token(@Nullable String text) {
    if (text == null || !TOKEN.matcher(text).matches()) {
      throw new ProblemException(Problem.badField("token", "43 characters of base64url"));
    }
    return text;
  }

  private static Invitations.From from(@Nullable String userAgent, @Nullable String address) {
    return new Invitations.From(text(userAgent), text(address));
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
