// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.sshkey;

import dev.cofferdam.identity.UserId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody answers to a challenge; whether the signature is one is not said.
 *
 * @param signature in its armour
 */
public record Signed(UUID challenge, String signature) {
  private static final int LONGEST_SIGNATURE = 16 * 1024;

  /**
   * What can be seen to be none is said at once, and the challenge is kept.
   *
   * @throws ProblemException 400 naming {@code challengeId} or {@code signature}
   */
  public static Signed read(@Nullable String challengeId, @Nullable String signature) {
    return new Signed(id(text(challengeId)), armoured(text(signature).strip()));
  }

  private static UUID id(String text) {
    try {
      return UserId.parse(text).value();
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.badField("challengeId", "an id"), e);
    }
  }

  private static String armoured(String signature) {
    if (signature.length() > LONGEST_SIGNATURE
        || !signature.startsWith("-----BEGIN SSH SIGNATURE-----")
        || !signature.endsWith("-----END SSH SIGNATURE-----")) {
      throw new ProblemException(
          Problem.badField(
              "signature", "all that the command printed, from the BEGIN to the END line"));
    }
    return signature;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
