// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.terminal.protocol;

import java.util.List;
import java.util.Optional;

/** What an agent answers on a control connection, in the order of the requests. */
public sealed interface ControlAnswer extends Frame {

  /** Progress of an Open; {@code micros} since the Open arrived. */
  record Step(String name, long micros) implements ControlAnswer {}

  /** Carried out; {@code id} is that of the terminal created, else 0. */
  record Done(int id) implements ControlAnswer {}

  /**
   * The lease was taken. Whole seconds.
   *
   * @param idleSecondsLeft until the idle lock, if nobody does anything
   * @param warnSeconds from how many on people should be told
   * @param now missing from older agents, whose frame ends before it
   */
  record Renewed(int idleSecondsLeft, int warnSeconds, Optional<Doing> now)
      implements ControlAnswer {}

  /**
   * How busy a session is.
   *
   * @param idleSeconds whole seconds since somebody did something, at least 0
   * @param terminals whose program runs, 0..32
   * @param storage missing until it was counted, and from older agents
   */
  record Doing(int idleSeconds, int terminals, Optional<Storage> storage) {
    public Doing(int idleSeconds, int terminals) {
      this(idleSeconds, terminals, Optional.empty());
    }
  }

  /**
   * What the workspace takes of the disk.
   *
   * @param usedBytes of ciphertext when it was last counted, at least 0
   * @param isFull whether its files take no more bytes for now
   */
  record Storage(long usedBytes, boolean isFull) {}

  /**
   * Before the answer to a Renew, one for each kind since the last: tickets that anybody showed to
   * this agent and that it refused.
   *
   * @param action what was asked for, as a ticket names it
   * @param reason why not, one of our words: lower-case letters and hyphens
   * @param count how often, 1 to 2^32 - 1
   */
  record Refused(String action, String reason, long count) implements ControlAnswer {}

  /** Not carried out; {@code slug} is stable and names the cause. */
  record Failed(String slug, String text) implements ControlAnswer {}

  record Terminals(List<Terminal> terminals) implements ControlAnswer {
    public Terminals {
      terminals = List.copyOf(terminals);
    }
  }

  /** One terminal; the title is untrusted text of the program in it, at most 256 characters. */
  record Terminal(int id, int columns, int rows, boolean running, String title) {}
}
