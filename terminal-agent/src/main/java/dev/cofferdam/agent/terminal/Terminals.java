// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.terminal;

import dev.cofferdam.terminal.protocol.CloseCode;
import dev.cofferdam.terminal.protocol.ControlAnswer;
import dev.cofferdam.terminal.protocol.ControlFrame.Size;
import dev.cofferdam.terminal.protocol.Frame;
import dev.cofferdam.terminal.protocol.Limits;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The terminals of this session, at most 32; ended ones give way to new ones. Thread-safe. */
public final class Terminals {
  private final Map<Integer, Terminal> byId = new TreeMap<>();
  private int lastId;

  /** The new terminal, or empty if 32 run. */
  public synchronized Optional<Terminal> create(List<String> command, int columns, int rows)
      throws IOException {
    return create(command, columns, rows, new byte[0]);
  }

  /** The same with output that comes ahead of the program's, at most the scrollback's size. */
  public synchronized Optional<Terminal> create(
      List<String> command, int columns, int rows, byte[] before) throws IOException {
    if (byId.size() >= Limits.MOST_TERMINALS && !forgetEnded()) {
      return Optional.empty();
    }
    int id = nextId();
    Terminal terminal = Terminal.start(id, command, columns, rows, before);
    byId.put(id, terminal);
    return Optional.of(terminal);
  }

  /**
   * One, unless there are some already; its id, or 0. A session is good without it, too: whoever
   * wants one can ask again.
   */
  public synchronized int createFirst(List<String> command, Size size) {
    try {
      return byId.isEmpty()
          ? create(command, size.columns(), size.rows()).map(Terminal::id).orElse(0)
          : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  private boolean forgetEnded() {
    return byId.values().removeIf(terminal -> !terminal.isRunning());
  }

  /** Ids are 16 bits on the wire and are used again only after 65535 others. */
  private int nextId() {
    do {
      lastId = lastId % 0xffff + 1;
    } while (byId.containsKey(lastId));
    return lastId;
  }

  public synchronized Optional<Terminal> find(int id) {
    return Optional.ofNullable(byId.get(id));
  }

  public synchronized List<ControlAnswer.Terminal> list() {
    return byId.values().stream().map(Terminal::describe).toList();
  }

  /** False if there is none with this id. */
  public boolean close(int id) {
    Terminal terminal;
    synchronized (this) {
      terminal = byId.remove(id);
    }
    if (terminal == null) {
      return false;
    }
    terminal.end(CloseCode.EXITED);
    return true;
  }

  /** Those whose program runs, in their order. */
  public List<Terminal> running() {
    return all().stream().filter(Terminal::isRunning).toList();
  }

  public void sendAll(Frame frame) {
    all().forEach(terminal -> terminal.sendAll(frame));
  }

  /** Ends every view; programs go on. */
  public void closeViews(CloseCode code) {
    all().forEach(terminal -> terminal.closeViews(code));
  }

  public void endAll(CloseCode code) {
    all().forEach(terminal -> terminal.end(code));
  }

  private synchronized List<Terminal> all() {
    return List.copyOf(byId.values());
  }
}
