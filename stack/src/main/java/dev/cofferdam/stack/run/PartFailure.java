// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.run;

import java.util.List;

/** A part did not start; with what it said last. */
public final class PartFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> lastLines;

  PartFailure(String part, String why, List<String> lastLines) {
    super(part + " failed: " + why);
    this.lastLines = List.copyOf(lastLines);
  }

  /** Its one line says it all. */
  PartFailure(String part, WrongConfiguration why) {
    super(part + ": " + why.line(), why);
    lastLines = List.of();
  }

  PartFailure(Throwable cause) {
    super("a part failed: " + cause, cause);
    lastLines = List.of();
  }

  public List<String> lastLines() {
    return lastLines;
  }
}
