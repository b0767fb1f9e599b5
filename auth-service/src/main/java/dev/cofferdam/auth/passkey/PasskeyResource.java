// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.passkey;

import com.fasterxml.jackson.databind.JsonNode;
import com.webauthn4j.data.RegistrationData;
import dev.cofferdam.auth.asking.Asking;
import dev.cofferdam.auth.name.VisibleText;
import dev.cofferdam.auth.signin.Account;
import dev.cofferdam.auth.signin.SignIns;
import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Kind;
import dev.cofferdam.decisions.Resource;
import dev.cofferdam.edge.RequestBody;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.refusals.Refusal;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** The passkeys of the person whose token it is. */
@Path("/passkeys")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
public class PasskeyResource {
  private static final int LONGEST_NAME = 60;

  private final Passkeys passkeys;
  private final Challenges challenges;
  private final Ceremony ceremony;
  private final RelyingParty party;
  private final SignIns signIns;
  private final Asking asking;

  PasskeyResource(
      Passkeys passkeys,
      Challenges challenges,
      Ceremony ceremony,
      RelyingParty party,
      SignIns signIns,
      Asking asking) {
    this.passkeys = passkeys;
    this.challenges = challenges;
    this.ceremony = ceremony;
    this.party = party;
    this.signIns = signIns;
    this.asking = asking;
  }

  /**
   * @param credential what {@code PublicKeyCredential.toJSON()} gives
   */
  public record NewPasskey(
      @Nullable String challengeId,
      @Nullable String name,
      @Schema(type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.OBJECT)
          @Nullable JsonNode credential) {}

  /** {@code backedUp}: the authenticator's maker keeps a copy, so that other devices have it. */
  public record PasskeyAnswer(
      String id,
      String name,
      String aaguid,
      List<String> transports,
      boolean backedUp,
      String createdAt,
      @Nullable String lastUsedAt) {
    static PasskeyAnswer of(Passkey p) {
      return new PasskeyAnswer(
          p.id.toString(),
          p.name,
          p.aaguid.toString(),
          p.transports(),
          p.backedUp,
          p.createdAt.toString(),
          p.lastUsedAt == null ? null : p.lastUsedAt.toString());
    }
  }

  @POST
  @Path("/challenges")
  @Consumes(MediaType.WILDCARD)
  @ResponseStatus(201)
  @APIResponseSchema(
      value = Options.Creation.class,
      responseCode = "201",
      responseDescription = "Options for the authenticator")
  @APIResponse(responseCode = "409", description = "There are 20 passkeys (too-many-passkeys)")
  @APIResponse(
      responseCode = "429",
      description = "Too many sign-ins were started (too-many-challenges)")
  public Options.Creation challenge() {
    UUID account = account(Action.PASSKEY_ADD);
    List<Passkey> existing = passkeys.of(account);
    passkeys.requireRoom(existing);
    return Options.creation(challenges.forRegistering(account), party, user(account), existing);
  }

  @POST
  @ResponseStatus(201)
  @APIResponseSchema(
      value = PasskeyAnswer.class,
      responseCode = "201",
      responseDescription = "The new passkey")
  @APIResponse(
      responseCode = "400",
      description = "The answer or the name is not valid (passkey-not-registered)")
  @APIResponse(
      responseCode = "409",
      description = "There it is, or 20 are (passkey-known, too-many-passkeys)")
  @APIResponse(
      responseCode = "410",
      description = "The challenge is not good any more (challenge-gone)")
  public PasskeyAnswer add(@Nullable NewPasskey body) {
    NewPasskey request = RequestBody.require(body);
    UUID account = account(Action.PASSKEY_ADD);
    String name = name(request.name());
    byte[] challenge =
        challenges
            .take(challengeId(request.challengeId()), Optional.of(account))
            .orElseThrow(() -> new ProblemException(PasskeySignIns.challengeGone()));
    return switch (ceremony.registration(credential(request.credential()), challenge)) {
      case Ceremony.Verdict.Good<RegistrationData> good ->
          PasskeyAnswer.of(passkeys.add(asking.bearer(), name, good.what()));
      case Ceremony.Verdict.Bad<RegistrationData> bad -> throw refused(account, bad.why());
    };
  }

  private ProblemException refused(UUID account, String why) {
    signIns.refused(
        Refusal.of("passkey-not-registered", why)
            .about(account.toString())
            .by(new UserId(account)));
    return new ProblemException(
        Problem.of(
            "passkey-not-registered",
            400,
            "The authenticator's answer is not valid",
            "Nothing was stored. Start again on this page, and unlock the authenticator with PIN,"
                + " finger or face."));
  }

  @GET
  public List<PasskeyAnswer> list() {
    return passkeys.of(account(Action.PASSKEY_LIST)).stream().map(PasskeyAnswer::of).toList();
  }

  @DELETE
  @Path("/{id}")
  @Consumes(MediaType.WILDCARD)
  public void revoke(@RestPath String id) {
    passkeys.revoke(
        asking
            .access()
            .require(
                Action.PASSKEY_REVOKE,
                find(id),
                passkey -> Resource.of(Kind.PASSKEY, new UserId(passkey.accountId))));
  }

  private Optional<Passkey> find(String id) {
    try {
      return passkeys.find(UUID.fromString(id));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private UUID account(Action action) {
    asking.access().requireOwn(action);
    return asking.user().value();
  }

  private static Options.User user(UUID account) {
    String name = Account.<Account>findById(account).name();
    return new Options.User(Passkeys.base64(PasskeySignIns.handle(account)), name, name);
  }

  private static String name(@Nullable String name) {
    String given = name == null ? "" : name.strip();
    if (given.codePointCount(0, given.length()) > LONGEST_NAME || !VisibleText.is(given)) {
      throw new ProblemException(Problem.badField("name", "1 to 60 printable characters"));
    }
    return given;
  }

  static UUID challengeId(@Nullable String text) {
    try {
      return UUID.fromString(text == null ? "" : text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.badField("challengeId", "an id"), e);
    }
  }

  static String credential(@Nullable JsonNode json) {
    if (json == null || !json.isObject()) {
      throw new ProblemException(
          Problem.badField("credential", "what PublicKeyCredential.toJSON() gives"));
    }
    return json.toString();
  }
}
