// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.program;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a program that a person signed in has; never printed.
 *
 * @param accessToken for {@code Authorization: Bearer}, five minutes
 * @param refreshToken good once, for the next pair; shown a second time it ends the sign-in
 * @param refreshTokenExpiresAt when the sign-in ends, however often it is refreshed
 */
public record TokenPair(
    String accessToken,
    String accessTokenExpiresAt,
    String refreshToken,
    String refreshTokenExpiresAt) {
  @Override
  public String toString() {
    return "TokenPair[until " + refreshTokenExpiresAt + "]";
  }

  /** Asks for the next pair; never printed. */
  @Schema(name = "RefreshRequest")
  public record Refresh(@Nullable String refreshToken) {
    @Override
    public String toString() {
      return "Refresh[…]";
    }
  }

  /** A challenge of {@code /api/sign-in/ssh-key/challenges} and its signature. */
  @Schema(name = "ProgramSignIn")
  public record SignedByKey(@Nullable String challengeId, @Nullable String signature) {}
}
