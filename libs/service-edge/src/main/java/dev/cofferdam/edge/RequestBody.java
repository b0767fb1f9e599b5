// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import org.jspecify.annotations.Nullable;

/** What a client sent; an empty body and the JSON word null arrive as null, whatever the type. */
public final class RequestBody {
  private RequestBody() {}

  /**
   * @throws ProblemException 400 if there is none
   */
  public static <T> T require(@Nullable T body) {
    if (body == null) {
      throw new ProblemException(Problem.malformed("The body is missing: send JSON."));
    }
    return body;
  }
}
