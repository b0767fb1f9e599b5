// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.decisions;

/** What was decided. */
public sealed interface Decision {
  /** It may be done. */
  record Allowed() implements Decision {}

  /** It may not; {@code reason} is for the log, {@code answer} for who asked. */
  record Refused(Reason reason, Answer answer) implements Decision {}

  /** Why not. */
  enum Reason {
    SIGNED_OUT,
    NOT_YOURS,
    ROLE,
    RANK,
    SCOPE,
    NOT_FOR_PROGRAMS,
    FOR_PARTS,
    OTHER_PART,
    OTHER_KIND
  }

  /** How it is answered. */
  enum Answer {
    /** 401. */
    SIGN_IN,
    /** 404, exactly as for what is not there. */
    HIDDEN,
    /** 403. */
    OPEN
  }

  Decision ALLOWED = new Allowed();

  static Decision refused(Reason reason) {
    return new Refused(
        reason,
        switch (reason) {
          case SIGNED_OUT -> Answer.SIGN_IN;
          case NOT_YOURS -> Answer.HIDDEN;
          case ROLE, RANK, SCOPE, NOT_FOR_PROGRAMS, FOR_PARTS, OTHER_PART, OTHER_KIND ->
              Answer.OPEN;
        });
  }

  default boolean isAllowed() {
    return this instanceof Allowed;
  }
}
