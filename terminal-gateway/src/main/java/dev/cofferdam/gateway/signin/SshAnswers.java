// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.gateway.limit.SignInLimits;
import dev.cofferdam.problems.ProblemException;
import jakarta.inject.Singleton;
import java.util.Map;

/** Answers to challenges for SSH keys, of browsers and of programs. Blocks. */
@Singleton
public class SshAnswers {
  private final AuthPart auth;
  private final Visitor visitor;
  private final SignInLimits limits;

  SshAnswers(AuthPart auth, Visitor visitor, SignInLimits limits) {
    this.auth = auth;
    this.visitor = visitor;
    this.limits = limits;
  }

  /**
   * Signs a browser in.
   *
   * @return the secret of the new browser session
   * @throws ProblemException for whatever auth-service refuses
   */
  public String signIn(String challenge, String signature) {
    return answer("sign-ins", challenge, signature).path("browserSession").path("secret").asText();
  }

  /**
   * Signs a program in.
   *
   * @return its first pair of tokens
   * @throws ProblemException for whatever auth-service refuses
   */
  public JsonNode signInProgram(String challenge, String signature) {
    return answer("program-sign-ins", challenge, signature).path("tokens");
  }

  /** Spends a challenge. */
  private JsonNode answer(String route, String challenge, String signature) {
    Map<String, String> request =
        Map.of(
            "challengeId",
            challenge,
            "signature",
            signature,
            "userAgent",
            visitor.userAgent(),
            "address",
            visitor.address());
    JsonNode signedIn = auth.asPart("POST", "/internal/ssh-key/" + route, request);
    limits.succeeded(signedIn.path("user").path("id").asText(), visitor.address());
    return signedIn;
  }
}
