// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import dev.cofferdam.edge.ProblemResponses;
import dev.cofferdam.problems.Problem;
import java.util.Map;

/** One line of an unlock's answer. The last one is a session or a problem. */
public sealed interface UnlockLine {

  /** Done, so many milliseconds after the request came. */
  record Step(String step, long ms) implements UnlockLine {}

  record Opened(SessionAnswer session) implements UnlockLine {}

  record Refused(Map<String, Object> problem) implements UnlockLine {
    static Refused of(Problem problem) {
      return new Refused(ProblemResponses.fields(problem));
    }
  }
}
