// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.refusals.Refusal;

/** A problem that is also a security event: at the edge it is answered, and told. */
public final class RefusedException extends ProblemException {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  public RefusedException(Problem problem, Refusal refusal) {
    super(problem);
    this.refusal = refusal;
  }

  public Refusal refusal() {
    return refusal;
  }
}
