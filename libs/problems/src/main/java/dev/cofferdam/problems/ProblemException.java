// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.problems;

/** Carries a problem to the edge, where it becomes the answer. */
public class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.slug());
    this.problem = problem;
  }

  public ProblemException(Problem problem, Throwable cause) {
    super(problem.slug(), cause);
    this.problem = problem;
  }

  public final Problem problem() {
    return problem;
  }
}
