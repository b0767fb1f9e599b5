// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import dev.cofferdam.edge.ProblemResponses;
import dev.cofferdam.problems.Problem;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One line of an unlock's answer. The last one is a session or a problem. */
@Schema(oneOf = {UnlockLine.Step.class, UnlockLine.Opened.class, UnlockLine.Refused.class})
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
