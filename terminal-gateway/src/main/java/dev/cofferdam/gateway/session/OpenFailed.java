// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import dev.cofferdam.problems.Problem;
import dev.cofferdam.terminal.protocol.ControlAnswer;

/** The agent could not open the workspace; it ends by itself. */
final class OpenFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String slug;
  private final transient Problem problem;

  OpenFailed(ControlAnswer.Failed failed) {
    super(failed.slug() + ": " + failed.text());
    slug = failed.slug();
    problem = OpenFailures.problem(failed);
  }

  /** The agent's word. */
  String slug() {
    return slug;
  }

  Problem problem() {
    return problem;
  }
}
