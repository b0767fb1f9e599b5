// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.provider;

import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.vertx.core.MultiMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a provider put behind our address, under the names that auth-service has for it. Others that
 * it adds are ignored (RFC 6749 section 4.1.2); one that comes twice makes it no answer.
 */
record ProviderAnswer(Map<String, String> members) {
  private static final Pattern STATE = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final int LONGEST = 4096;
  private static final Map<String, String> NAMES =
      Map.of("state", "state", "code", "code", "iss", "issuer", "error", "error");

  ProviderAnswer {
    members = Map.copyOf(members);
  }

  /**
   * @throws ProblemException 410 for what can't be an answer to us
   */
  static ProviderAnswer read(MultiMap query) {
    Map<String, String> members = new HashMap<>();
    NAMES.forEach(
        (theirs, ours) -> {
          List<String> all = query.getAll(theirs);
          if (all.size() > 1 || (all.size() == 1 && all.getFirst().length() > LONGEST)) {
            throw expired();
          }
          all.forEach(value -> members.put(ours, value));
        });
    if (!STATE.matcher(members.getOrDefault("state", "")).matches()) {
      throw expired();
    }
    return new ProviderAnswer(members);
  }

  static ProblemException expired() {
    return new ProblemException(
        Problem.of("sign-in-expired", 410, "This sign-in is over", "Begin again."));
  }

  @Override
  public String toString() {
    return "ProviderAnswer";
  }
}
