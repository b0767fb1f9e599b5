// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import java.sql.SQLException;

/** Answers about a ledger that does not do what is asked. */
final class LedgerProblem {
  private LedgerProblem() {}

  /** Can't be read or written, whatever the reason: what depends on it is refused. */
  static ProblemException unavailable(SQLException e) {
    return new ProblemException(Problem.unavailable("The audit ledger"), e);
  }

  static ProblemException notSignedYet() {
    return new ProblemException(
        Problem.of(
            "not-signed-yet",
            409,
            "No head covers this entry yet",
            "One is signed every ten seconds: ask again then."));
  }
}
