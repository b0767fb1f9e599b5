// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.refresh;

import dev.cofferdam.auth.token.AccessTokens;
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
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Pairs of tokens for programs that people signed in. */
@Path("/internal/refreshes")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@AdmitCaller("gateway")
@RunOnVirtualThread
public class RefreshResource {
  /**
   * The gateway waits for three: what is spent for an answer that nobody takes looks stolen later.
   */
  private static final long LONGEST_SIGNING_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final RefreshTokens refreshTokens;
  private final AccessTokens accessTokens;

  RefreshResource(RefreshTokens refreshTokens, AccessTokens accessTokens) {
    this.refreshTokens = refreshTokens;
    this.accessTokens = accessTokens;
  }

  /** Never printed. */
  public record RefreshRequest(@Nullable String refreshToken, @Nullable String address) {
    @Override
    public String toString() {
      return "RefreshRequest[…]";
    }
  }

  /**
   * @param accessToken for the gateway, five minutes
   * @param refreshToken good once
   * @param refreshTokenExpiresAt when the sign-in ends
   */
  public record Pair(
      String accessToken,
      String accessTokenExpiresAt,
      String refreshToken,
      String refreshTokenExpiresAt) {
    public static Pair of(AccessTokens.Issued access, RefreshTokens.Issued refresh) {
      return new Pair(
          access.token(),
          access.expiresAt().toString(),
          refresh.token(),
          refresh.expiresAt().toString());
    }

    @Override
    public String toString() {
      return "Pair[until " + refreshTokenExpiresAt + "]";
    }
  }

  @POST
  @ResponseStatus(201)
  @APIResponseSchema(
      value = Pair.class,
      responseCode = "201",
      responseDescription = "The next two tokens")
  @APIResponse(responseCode = "401", description = "It is unknown, spent or over (signed-out)")
  public Pair refresh(@Nullable RefreshRequest body) {
    RefreshRequest request = RequestBody.require(body);
    String token = required("refreshToken", request.refreshToken());
    String address = request.address() == null ? "" : request.address();
    RefreshTokens.Family family = refreshTokens.whoRefreshes(token, address);
    // Before anything is spent: while Vault is away whoever asks keeps what they have.
    long start = System.nanoTime();
    AccessTokens.Issued access = accessTokens.issueForGateway(family.bearer());
    if (System.nanoTime() - start > LONGEST_SIGNING_NANOS) {
      throw new ProblemException(Problem.unavailable("Vault"));
    }
    return Pair.of(access, refreshTokens.refresh(token, family, address));
  }

  private static String required(String field, @Nullable String value) {
    if (value == null || !SECRET.matcher(value).matches()) {
      throw new ProblemException(Problem.badField(field, "43 characters of base64url"));
    }
    return value;
  }
}
