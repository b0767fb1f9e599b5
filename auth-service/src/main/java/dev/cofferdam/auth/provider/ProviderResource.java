// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import dev.cofferdam.auth.signin.SignIns;
import dev.cofferdam.edge.AdmitCaller;
import dev.cofferdam.edge.RequestBody;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Sign-ins at providers, for the gateway, which carries the browser's side of them. */
@Path("/internal/providers")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@AdmitCaller("gateway")
@RunOnVirtualThread
public class ProviderResource {
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

  /** Codes of large providers have some 2000 characters. */
  private static final int LONGEST_CODE = 4096;

  private static final int LONGEST_TOKEN = 16 * 1024;

  private final Places places;
  private final ProviderSignIns providers;
  private final BackchannelLogout logouts;

  ProviderResource(Places places, ProviderSignIns providers, BackchannelLogout logouts) {
    this.places = places;
    this.providers = providers;
    this.logouts = logouts;
  }

  public record ProviderAnswer(String id, String name) {}

  public record ProvidersAnswer(List<ProviderAnswer> providers) {}

  public record BeginRequest(@Nullable String browser, @Nullable String address) {}

  public record BeginAnswer(String address) {}

  /** {@code browser} is the secret in the browser's cookie for sign-ins elsewhere. */
  public record FinishRequest(
      @Nullable String browser,
      @Nullable String state,
      @Nullable String code,
      @Nullable String issuer,
      @Nullable String error,
      @Nullable String userAgent,
      @Nullable String address) {
    @Override
    public String toString() {
      return "FinishRequest";
    }
  }

  public record BrowserSessionAnswer(String id, String secret, String expiresAt) {
    @Override
    public String toString() {
      return "BrowserSessionAnswer[" + id + "]";
    }
  }

  public record FinishAnswer(BrowserSessionAnswer browserSession) {}

  public record LogoutRequest(@Nullable String token) {
    @Override
    public String toString() {
      return "LogoutRequest";
    }
  }

  @GET
  @Consumes(MediaType.WILDCARD)
  public ProvidersAnswer list() {
    return new ProvidersAnswer(
        places.all().stream()
            .map(place -> place.provider().common())
            .map(common -> new ProviderAnswer(common.id(), common.name()))
            .toList());
  }

  @POST
  @Path("/{id}/sign-ins")
  @ResponseStatus(201)
  @APIResponseSchema(
      value = BeginAnswer.class,
      responseCode = "201",
      responseDescription = "Where the browser has to go")
  @APIResponse(responseCode = "404", description = "There is no such provider (not-found)")
  @APIResponse(
      responseCode = "429",
      description = "Too many sign-ins at a provider are under way (busy)")
  @APIResponse(
      responseCode = "502",
      description = "The provider is not set up right (provider-answer)")
  @APIResponse(
      responseCode = "503",
      description = "The provider does not answer, or a part (provider-away)")
  public BeginAnswer begin(@PathParam("id") String id, @Nullable BeginRequest body) {
    BeginRequest request = RequestBody.require(body);
    String browser = secret("browser", request.browser());
    return new BeginAnswer(providers.begin(id, browser, said(request.address())).toString());
  }

  @POST
  @Path("/{id}/callbacks")
  @ResponseStatus(201)
  @APIResponseSchema(
      value = FinishAnswer.class,
      responseCode = "201",
      responseDescription = "The browser session")
  @APIResponse(
      responseCode = "403",
      description =
          "The provider or this server does not let them in (provider-refused, not-admitted, account-disabled)")
  @APIResponse(responseCode = "404", description = "There is no such provider (not-found)")
  @APIResponse(
      responseCode = "409",
      description = "There is no room for somebody new (too-many-people)")
  @APIResponse(
      responseCode = "410",
      description = "It took too long, was used or began elsewhere (sign-in-expired)")
  @APIResponse(
      responseCode = "502",
      description = "What the provider said could not be trusted (provider-answer)")
  @APIResponse(
      responseCode = "503",
      description = "The provider does not answer, or a part (provider-away)")
  public FinishAnswer finish(@PathParam("id") String id, @Nullable FinishRequest body) {
    FinishRequest request = RequestBody.require(body);
    String browser = secret("browser", request.browser());
    Callback callback =
        new Callback(
            text("code", request.code(), LONGEST_CODE),
            secret("state", request.state()),
            text("issuer", request.issuer(), LONGEST_CODE),
            text("error", request.error(), LONGEST_CODE));
    SignIns.Outcome.SignedIn in =
        providers.finish(
            id,
            callback,
            new ProviderSignIns.From(browser, said(request.userAgent()), said(request.address())));
    return new FinishAnswer(
        new BrowserSessionAnswer(
            in.session().id().toString(), in.secret(), in.session().expiresAt().toString()));
  }

  @POST
  @Path("/{id}/logouts")
  @APIResponse(responseCode = "204", description = "What it names has ended")
  @APIResponse(
      responseCode = "400",
      description = "Not a logout token of this provider for us (logout-token)")
  @APIResponse(responseCode = "404", description = "There is no such provider (not-found)")
  @APIResponse(
      responseCode = "503",
      description =
          "Nothing has ended: the provider's keys can't be had, or a part does not answer (provider-away)")
  public void logout(@PathParam("id") String id, @Nullable LogoutRequest body) {
    String token =
        text("token", RequestBody.require(body).token(), LONGEST_TOKEN)
            .orElseThrow(() -> new ProblemException(Problem.badField("token", "a logout token")));
    logouts.obey(id, token);
  }

  private static String secret(String field, @Nullable String value) {
    if (value == null || !SECRET.matcher(value).matches()) {
      throw new ProblemException(Problem.badField(field, "43 characters of base64url"));
    }
    return value;
  }

  private static Optional<String> text(String field, @Nullable String value, int longest) {
    if (value != null && value.length() > longest) {
      throw new ProblemException(Problem.badField(field, "at most " + longest + " characters"));
    }
    return Optional.ofNullable(value).filter(text -> !text.isEmpty());
  }

  private static String said(@Nullable String value) {
    return value == null ? "" : value;
  }
}
