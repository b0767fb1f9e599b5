// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.sshkey;

import dev.cofferdam.auth.refresh.RefreshResource.Pair;
import dev.cofferdam.auth.signin.PersonName;
import dev.cofferdam.auth.signin.SignInAnswer;
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
import java.net.URI;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** What the gateway carries between a browser and {@link SshSignIns}. */
@Path("/internal/ssh-key")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@AdmitCaller("gateway")
@RunOnVirtualThread
public class SshSignInResource {
  private static final Pattern ORIGIN = Pattern.compile("https?://[a-z0-9.-]{1,253}(:[0-9]{1,5})?");
  private static final Pattern FINGERPRINT = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}");

  private final SshSignIns signIns;
  private final ProgramSignIns programs;

  SshSignInResource(SshSignIns signIns, ProgramSignIns programs) {
    this.signIns = signIns;
    this.programs = programs;
  }

  /** {@code origin} is the one that browsers use; name and fingerprint may be left out. */
  public record ChallengeRequest(
      @Nullable String origin,
      @Nullable String name,
      @Nullable String fingerprint,
      @Nullable String address) {}

  public record ChallengeAnswer(
      String id, String text, String namespace, String command, String expiresAt) {}

  public record SshSignInRequest(
      @Nullable String challengeId,
      @Nullable String signature,
      @Nullable String userAgent,
      @Nullable String address) {
    SshSignIns.From from() {
      return new SshSignIns.From(text(userAgent), text(address));
    }
  }

  /** Never printed. */
  public record ProgramSignInAnswer(Pair tokens, SignInAnswer.User user) {
    @Override
    public String toString() {
      return "ProgramSignInAnswer[" + user + "]";
    }
  }

  @POST
  @Path("/challenges")
  @ResponseStatus(201)
  @APIResponseSchema(
      value = ChallengeAnswer.class,
      responseCode = "201",
      responseDescription = "What to sign, and the command for it")
  @APIResponse(
      responseCode = "429",
      description = "Too many sign-ins were started (too-many-tries)")
  public ChallengeAnswer challenge(@Nullable ChallengeRequest body) {
    ChallengeRequest request = RequestBody.require(body);
    String name = text(request.name()).strip();
    Challenge challenge =
        signIns.challenge(
            origin(request.origin()),
            name.isEmpty() ? "" : PersonName.parse("name", name).text(),
            fingerprint(request.fingerprint()),
            text(request.address()));
    return new ChallengeAnswer(
        challenge.id().toString(),
        challenge.text(),
        challenge.namespace(),
        challenge.command(),
        challenge.expiresAt().toString());
  }

  @POST
  @Path("/sign-ins")
  @ResponseStatus(201)
  @APIResponseSchema(
      value = SignInAnswer.class,
      responseCode = "201",
      responseDescription = "Who it is, and the browser session")
  @APIResponse(
      responseCode = "401",
      description = "The key is not registered, or has not signed this (key-not-registered)")
  @APIResponse(responseCode = "403", description = "The account is switched off (account-disabled)")
  @APIResponse(
      responseCode = "410",
      description = "The challenge was used, or its minute is over (challenge-spent)")
  public SignInAnswer signIn(@Nullable SshSignInRequest body) {
    SshSignInRequest request = RequestBody.require(body);
    Signed signed = Signed.read(request.challengeId(), request.signature());
    return SignInAnswer.of(signIns.signIn(signed.challenge(), signed.signature(), request.from()));
  }

  @POST
  @Path("/program-sign-ins")
  @ResponseStatus(201)
  @APIResponseSchema(
      value = ProgramSignInAnswer.class,
      responseCode = "201",
      responseDescription = "Who it is, and two tokens")
  @APIResponse(
      responseCode = "401",
      description = "The key is not registered, or has not signed this (key-not-registered)")
  @APIResponse(responseCode = "403", description = "The account is switched off (account-disabled)")
  @APIResponse(
      responseCode = "410",
      description = "The challenge was used, or its minute is over (challenge-spent)")
  public ProgramSignInAnswer signInProgram(@Nullable SshSignInRequest body) {
    SshSignInRequest request = RequestBody.require(body);
    Signed signed = Signed.read(request.challengeId(), request.signature());
    ProgramSignIns.Tokens tokens =
        programs.signIn(signed.challenge(), signed.signature(), request.from());
    return new ProgramSignInAnswer(tokens.pair(), SignInAnswer.User.of(tokens.account()));
  }

  private static URI origin(@Nullable String text) {
    if (text == null || !ORIGIN.matcher(text).matches()) {
      throw new ProblemException(Problem.badField("origin", "scheme://host:port"));
    }
    return URI.create(text);
  }

  private static String fingerprint(@Nullable String text) {
    String fingerprint = text(text).strip();
    if (!fingerprint.isEmpty() && !FINGERPRINT.matcher(fingerprint).matches()) {
      throw new ProblemException(
          Problem.badField("fingerprint", "SHA256: and 43 characters, as ssh-keygen -l prints it"));
    }
    return fingerprint;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
