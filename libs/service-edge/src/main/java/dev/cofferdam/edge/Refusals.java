// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Decision;
import dev.cofferdam.decisions.Resource;
import dev.cofferdam.decisions.Subject;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.refusals.Refusal;
import java.util.Locale;
import java.util.Optional;

/** Decisions as answers and as what is told of them. */
final class Refusals {
  private Refusals() {}

  static RefusedException of(
      Decision.Refused refused, Subject subject, Action action, Resource resource) {
    Problem problem =
        switch (refused.answer()) {
          case SIGN_IN -> Problem.signedOut();
          case HIDDEN -> unknown(action);
          case OPEN -> Problem.refused(detail(refused.reason()));
        };
    Refusal refusal = Refusal.of(action.word(), word(refused.reason())).about(subject(resource));
    return new RefusedException(problem, person(subject).map(refusal::by).orElse(refusal));
  }

  /** The workspace, else whose it is. */
  private static String subject(Resource resource) {
    if (resource.isUnknown()) {
      return "";
    }
    return resource
        .workspace()
        .map(Object::toString)
        .or(() -> resource.owner().map(UserId::toString))
        .orElse("");
  }

  private static Optional<UserId> person(Subject subject) {
    return switch (subject) {
      case Subject.Person person -> Optional.of(person.user());
      case Subject.Program program -> Optional.of(program.user());
      case Subject.SignedOut s -> Optional.empty();
      case Subject.Part part -> Optional.empty();
    };
  }

  private static String word(Decision.Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What an unknown id is answered with: the same as a foreign one. */
  static ProblemException notFound(Action action) {
    return new ProblemException(unknown(action));
  }

  private static Problem unknown(Action action) {
    return Problem.notFound(action.kind().noun());
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
