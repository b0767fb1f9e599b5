// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import dev.cofferdam.decisions.Subject;
import dev.cofferdam.problems.ProblemException;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * A verified access token that remembers what {@link AccessTokens} and {@link Subjects} read in it:
 * it can't change, and reading it anew costs as much as all else that is asked of a request.
 */
public interface ReadOnce extends JsonWebToken {
  /**
   * As {@link AccessTokens#read} says.
   *
   * @throws ProblemException 401 for a token that lacks any of it, each time
   */
  Person person();

  /**
   * As {@link Subjects#read} says.
   *
   * @throws ProblemException 401 for a token that does not say, each time
   */
  Subject subject();
}
