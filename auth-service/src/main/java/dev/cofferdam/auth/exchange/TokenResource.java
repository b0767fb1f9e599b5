// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.exchange;

import dev.cofferdam.auth.people.Quotas;
import dev.cofferdam.auth.program.Keys;
import dev.cofferdam.auth.signin.Account;
import dev.cofferdam.auth.signin.SignInAnswer;
import dev.cofferdam.auth.signin.SignIns;
import dev.cofferdam.auth.token.AccessTokens;
import dev.cofferdam.auth.token.OwnTokens;
import dev.cofferdam.edge.AdmitCaller;
import dev.cofferdam.edge.RequestBody;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.refusals.Refusal;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Access tokens for who has shown the gateway a cookie or an API key. */
@Path("/internal/tokens")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@AdmitCaller("gateway")
@RunOnVirtualThread
public class TokenResource {
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final SignIns signIns;
  private final Keys keys;
  private final Quotas quotas;
  private final OwnTokens ownTokens;
  private final AccessTokens tokens;

  TokenResource(
      SignIns signIns, Keys keys, Quotas quotas, OwnTokens ownTokens, AccessTokens tokens) {
    this.signIns = signIns;
    this.keys = keys;
    this.quotas = quotas;
    this.ownTokens = ownTokens;
    this.tokens = tokens;
  }

  /** {@code secret} from a cookie, {@code apiKey} or {@code accessToken}; never printed. */
  public record TokenRequest(
      @Nullable String secret,
      @Nullable String apiKey,
      @Nullable String accessToken,
      @Nullable String audience,
      @Nullable String userAgent,
      @Nullable String address) {
    @Override
    public String toString() {
      return "TokenRequest[" + audience + "]";
    }
  }

  /**
   * @param signIn the browser session, or what an API key has in its place
   * @param signInExpiresAt when that ends, whatever was issued for it
   * @param scopes what an API key is for; null for people
   */
  public record TokenAnswer(
      String accessToken,
      String expiresAt,
      SignInAnswer.User user,
      UUID signIn,
      String signInExpiresAt,
      @Nullable List<String> scopes) {
    @Override
    public String toString() {
      return "TokenAnswer[until " + expiresAt + "]";
    }
  }

  @POST
  @APIResponse(responseCode = "200", description = "An access token for the audience")
  @APIResponse(responseCode = "401", description = "What is shown is unknown or over (signed-out)")
  public TokenAnswer token(@Nullable TokenRequest body) {
    TokenRequest request = RequestBody.require(body);
    String audience = request.audience() == null ? "" : request.audience();
    if (Stream.of(request.secret(), request.apiKey(), request.accessToken())
            .filter(Objects::nonNull)
            .count()
        > 1) {
      throw new ProblemException(Problem.badField("secret", "one of this, apiKey, accessToken"));
    }
    From from = new From(text(request.userAgent()), text(request.address()));
    if (request.apiKey() != null) {
      return ofProgram(request.apiKey(), audience, from);
    }
    return request.accessToken() == null
        ? ofBrowser(secret(request.secret()), audience, from)
        : ofToken(request.accessToken(), audience, from);
  }

  /** Where it was shown; empty when the gateway asks for a request that is over. */
  private record From(String userAgent, String address) {
    Refusal of(Refusal refusal) {
      return refusal.from(address, userAgent);
    }
  }

  /**
   * What it was issued for may have ended since: it is looked up each time. What is issued for it
   * is used no longer than it is good itself.
   */
  private TokenAnswer ofToken(String accessToken, String audience, From from) {
    Optional<OwnTokens.OfGateway> shown = ownTokens.ofGateway(accessToken);
    SignIns.Known known =
        shown
            .flatMap(token -> signIns.find(token.signIn()))
            .orElseThrow(
                () -> signIns.signedOut(from.of(Refusal.of("access-token-refused", "not-good"))));
    return answer(
        known.bearer(),
        known.account(),
        known.session().expiresAt(),
        audience,
        shown.map(OwnTokens.OfGateway::expiresAt));
  }

  private TokenAnswer ofBrowser(String secret, String audience, From from) {
    SignIns.Known known =
        signIns
            .find(secret)
            .orElseThrow(() -> signIns.signedOut(from.of(signIns.refusalOf(secret))));
    return answer(known.bearer(), known.account(), known.session().expiresAt(), audience);
  }

  private TokenAnswer ofProgram(String apiKey, String audience, From from) {
    Keys.Known known =
        keys.recognise(apiKey)
            .orElseThrow(() -> signIns.signedOut(from.of(keys.refusalOf(apiKey))));
    return answer(known.bearer(), known.account(), known.key().expiresAt(), audience);
  }

  private TokenAnswer answer(
      AccessTokens.Bearer bearer, Account account, Instant until, String audience) {
    return answer(bearer, account, until, audience, Optional.empty());
  }

  /**
   * @param shownUntil when what was shown for it ends, if that has an end of its own
   */
  private TokenAnswer answer(
      AccessTokens.Bearer bearer,
      Account account,
      Instant until,
      String audience,
      Optional<Instant> shownUntil) {
    AccessTokens.Issued issued = tokens.issue(bearer, quotas.of(account.id()), audience);
    Optional<List<String>> scopes = bearer.scope().map(scope -> List.of(scope.split(" ", -1)));
    return new TokenAnswer(
        issued.token(),
        shownUntil.filter(issued.expiresAt()::isAfter).orElse(issued.expiresAt()).toString(),
        SignInAnswer.User.of(account),
        bearer.signIn(),
        until.toString(),
        scopes.orElse(null));
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static String secret(@Nullable String value) {
    if (value == null || !SECRET.matcher(value).matches()) {
      throw new ProblemException(Problem.badField("secret", "43 characters of base64url"));
    }
    return value;
  }
}
