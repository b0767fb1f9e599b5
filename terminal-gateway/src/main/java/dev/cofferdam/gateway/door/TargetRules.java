// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door;

import dev.cofferdam.problems.Problem;
import java.util.Optional;

/** What may be asked for at all, so that every rule of paths sees what routes see. */
final class TargetRules {
  private TargetRules() {}

  /**
   * Why it goes no further; empty if it may. Routes are looked for without a segment's parameters
   * (RFC 3986 section 3.3), limits and rules would be with them: we have none.
   *
   * @param path normalised
   */
  static Optional<Problem> refusal(String path) {
    return path.indexOf(';') < 0 ? Optional.empty() : Optional.of(Problem.notFound("page"));
  }
}
