// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Decision;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;

/** Decisions as answers. */
public final class Refusals {
  private Refusals() {}

  /**
   * @throws ProblemException if it was refused
   */
  public static void throwUnlessAllowed(Decision decision, Action action) {
    switch (decision) {
      case Decision.Allowed a -> {}
      case Decision.Refused refused -> throw of(refused, action);
    }
  }

  private static ProblemException of(Decision.Refused refused, Action action) {
    return switch (refused.answer()) {
      case SIGN_IN -> new ProblemException(Problem.signedOut());
      case HIDDEN -> notFound(action);
      case OPEN -> new ProblemException(Problem.refused(detail(refused.reason())));
    };
  }

  /** What an unknown id is answered with: the same as a foreign one. */
  static ProblemException notFound(Action action) {
    return new ProblemException(Problem.notFound(action.kind().noun()));
  }

  private static String detail(Decision.Reason reason) {
    return switch (reason) {
      case ROLE -> "Your role does not include this. An owner or admin can change it.";
      case RANK -> "This is about somebody whose role is above yours.";
      case SCOPE -> "The key has no scope for this. Make one that has it.";
      case NOT_FOR_PROGRAMS -> "No key for programs may do this: sign in with a browser.";
      case FOR_PARTS, OTHER_PART -> "This route is for other parts of Cofferdam.";
      case SIGNED_OUT, NOT_YOURS, OTHER_KIND -> "This is not yours to do.";
    };
  }
}
