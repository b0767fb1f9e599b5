// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.terminal.protocol.ControlFrame.Size;
import dev.cofferdam.terminal.protocol.Limits;
import org.jspecify.annotations.Nullable;

/**
 * As a client says it: each is 80 by 24 where it is left out.
 *
 * @param cols 1 to 1000
 * @param rows 1 to 500
 */
public record TerminalSize(@Nullable Integer cols, @Nullable Integer rows) {
  private static final int COLUMNS = 80;
  private static final int ROWS = 24;

  /**
   * @throws ProblemException that names the field which is out of range
   */
  public Size checked() {
    return new Size(
        within("cols", cols == null ? COLUMNS : cols, Limits.LARGEST_COLUMNS),
        within("rows", rows == null ? ROWS : rows, Limits.LARGEST_ROWS));
  }

  private static int within(String field, int value, int largest) {
    if (value < 1 || value > largest) {
      throw new ProblemException(Problem.badField(field, "1 to " + largest));
    }
    return value;
  }
}
