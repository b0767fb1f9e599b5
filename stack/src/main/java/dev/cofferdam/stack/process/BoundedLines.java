// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.process;

import java.io.IOException;
import java.io.Reader;
import java.util.Optional;

/** Lines of a part that may say anything: a longer one is cut into several. */
final class BoundedLines {
  /** Characters. */
  static final int LONGEST = 16 * 1024;

  private final Reader source;
  private boolean isOver;

  /**
   * @param source buffered: it is read one character after the other
   */
  BoundedLines(Reader source) {
    this.source = source;
  }

  /** The next one, or as much of it as is taken at once; empty at the end. */
  Optional<String> next() throws IOException {
    StringBuilder line = new StringBuilder();
    while (!isOver && line.length() < LONGEST) {
      int next = source.read();
      isOver = next < 0;
      if (next == '\n') {
        return Optional.of(line.toString());
      }
      if (!isOver && next != '\r') {
        line.append((char) next);
      }
    }
    return line.isEmpty() ? Optional.empty() : Optional.of(line.toString());
  }
}
