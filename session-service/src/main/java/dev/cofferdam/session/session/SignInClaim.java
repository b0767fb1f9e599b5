// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.session;

import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Which sign-in or key a token was given to: its claim {@code sid}. */
final class SignInClaim {
  private SignInClaim() {}

  /**
   * @throws ProblemException 401 for a token that does not say
   */
  static UUID of(JsonWebToken token) {
    try {
      return UUID.fromString(token.getClaim("sid"));
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.signedOut(), e);
    }
  }
}
