// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.decisions;

import static dev.cofferdam.decisions.Decision.ALLOWED;
import static dev.cofferdam.decisions.Decision.Reason.FOR_PARTS;
import static dev.cofferdam.decisions.Decision.Reason.NOT_FOR_PROGRAMS;
import static dev.cofferdam.decisions.Decision.Reason.NOT_YOURS;
import static dev.cofferdam.decisions.Decision.Reason.OTHER_KIND;
import static dev.cofferdam.decisions.Decision.Reason.OTHER_PART;
import static dev.cofferdam.decisions.Decision.Reason.RANK;
import static dev.cofferdam.decisions.Decision.Reason.ROLE;
import static dev.cofferdam.decisions.Decision.Reason.SCOPE;
import static dev.cofferdam.decisions.Decision.Reason.SIGNED_OUT;
import static dev.cofferdam.decisions.Decision.refused;

import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.UserId;

/**
 * The one place that says who may do what. What no line allows is refused, also what belongs to
 * nobody where something has to be one's own.
 *
 * <p>What is somebody else's is hidden before anything else is looked at, so that no refusal tells
 * that it is there.
 */
public final class Decisions {
  private Decisions() {}

  public static Decision decide(Subject subject, Action action, Resource resource) {
    if (resource.kind() != action.kind()) {
      return refused(OTHER_KIND);
    }
    return switch (subject) {
      case Subject.SignedOut s -> ofSignedOut(action);
      case Subject.Person person -> ofPerson(person.user(), person.role(), action, resource);
      case Subject.Program program -> ofProgram(program, action, resource);
      case Subject.Part part -> ofPart(part, action);
    };
  }

  private static Decision ofSignedOut(Action action) {
    return switch (action.reach()) {
      case EVERYBODY -> ALLOWED;
      case ACCOUNT, WORK, OVERSIGHT, GOVERNMENT, AUDIT, OWNERSHIP -> refused(SIGNED_OUT);
      case PARTS -> refused(FOR_PARTS);
    };
  }

  private static Decision ofPerson(UserId user, Role role, Action action, Resource resource) {
    boolean own = resource.isOf(user);
    return switch (action.reach()) {
      case EVERYBODY -> ALLOWED;
      case ACCOUNT -> own ? ALLOWED : refused(NOT_YOURS);
      case WORK -> own ? ofRole(Roles.works(role)) : refused(NOT_YOURS);
      case OVERSIGHT -> own || Roles.governs(role) ? ofRole(Roles.works(role)) : refused(NOT_YOURS);
      case GOVERNMENT -> govern(role, resource);
      case AUDIT -> ofRole(Roles.audits(role));
      case OWNERSHIP -> ofRole(Roles.owns(role));
      case PARTS -> refused(FOR_PARTS);
    };
  }

  private static Decision govern(Role role, Resource resource) {
    if (!Roles.governs(role)) {
      return refused(ROLE);
    }
    boolean below = resource.ranks().stream().allMatch(other -> Roles.governs(role, other));
    return below ? ALLOWED : refused(RANK);
  }

  private static Decision ofRole(boolean suffices) {
    return suffices ? ALLOWED : refused(ROLE);
  }

  /** Own things only, whatever the role: a key that leaks must not reach other people. */
  private static Decision ofProgram(Subject.Program program, Action action, Resource resource) {
    if (action.reach() == Reach.EVERYBODY) {
      return ALLOWED;
    }
    if (!action.isForPrograms()) {
      return refused(action.reach() == Reach.PARTS ? FOR_PARTS : NOT_FOR_PROGRAMS);
    }
    if (!resource.isOf(program.user())) {
      return refused(NOT_YOURS);
    }
    if (program.scopes().stream().noneMatch(scope -> scope.covers(action, resource))) {
      return refused(SCOPE);
    }
    return ofPerson(program.user(), program.role(), action, resource);
  }

  private static Decision ofPart(Subject.Part part, Action action) {
    return action.reach() == Reach.EVERYBODY || action.parts().contains(part.name())
        ? ALLOWED
        : refused(action.reach() == Reach.PARTS ? OTHER_PART : SIGNED_OUT);
  }
}
