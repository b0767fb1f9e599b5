// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import dev.cofferdam.edge.ProblemResponses;
import dev.cofferdam.problems.Problem;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One line of an unlock's answer. The last one is a session or a problem. */
@Schema(oneOf = {UnlockLine.Step.class, UnlockLine.Opened.class, UnlockLine.Refused.class})
public sealed interface UnlockLine {

  /** Done, so many milliseconds after the request came. */
  record Step(String step, long ms) implements UnlockLine {}

  /**
   * @param terminal the number of the terminal that was asked for; none if others were brought back
   */
  record Opened(SessionAnswer session, @Nullable Integer terminal) implements UnlockLine {}

  record Refused(Map<String, Object> problem) implements UnlockLine {
    static Refused of(Problem problem) {
      return new Refused(ProblemResponses.fields(problem));
    }
  }
}
