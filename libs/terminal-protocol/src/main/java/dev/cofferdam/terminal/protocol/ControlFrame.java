// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.terminal.protocol;

import java.util.Optional;

/** What only a gateway sends, each with a ticket of session-service; tickets are never printed. */
public sealed interface ControlFrame extends Frame {

  /**
   * Take the key with this wrapping token and open the workspace.
   *
   * @param terminal how large a terminal to start where none is brought back, if one is wanted
   */
  record Open(String ticket, String wrappingToken, Optional<Size> terminal)
      implements ControlFrame {
    @Override
    public String toString() {
      return "Open[redacted]";
    }
  }

  /** Of a terminal: 1 to 1000 columns, 1 to 500 rows. */
  record Size(int columns, int rows) {
    public Size {
      Sizes.require(columns, rows);
    }
  }

  /** The lease runs anew from now. */
  record Renew(String ticket) implements ControlFrame {
    @Override
    public String toString() {
      return "Renew[redacted]";
    }
  }

  /** End every process, drop the key, unmount. */
  record Lock(String ticket) implements ControlFrame {
    @Override
    public String toString() {
      return "Lock[redacted]";
    }
  }

  record CreateTerminal(String ticket, int columns, int rows) implements ControlFrame {
    public CreateTerminal {
      Sizes.require(columns, rows);
    }

    @Override
    public String toString() {
      return "CreateTerminal[" + columns + "x" + rows + "]";
    }
  }

  /** Makes this connection a view of one terminal; an {@link ClientFrame.Attach} follows. */
  record Enter(String ticket, int terminal) implements ControlFrame {
    @Override
    public String toString() {
      return "Enter[" + terminal + "]";
    }
  }

  record ListTerminals(String ticket) implements ControlFrame {
    @Override
    public String toString() {
      return "ListTerminals[redacted]";
    }
  }

  record CloseTerminal(String ticket, int terminal) implements ControlFrame {
    @Override
    public String toString() {
      return "CloseTerminal[" + terminal + "]";
    }
  }
}
