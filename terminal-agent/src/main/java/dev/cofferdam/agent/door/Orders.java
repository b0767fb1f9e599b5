// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.door;

import dev.cofferdam.agent.Agent;
import dev.cofferdam.agent.SecurityRecord;
import dev.cofferdam.agent.key.KeyRefused;
import dev.cofferdam.agent.mount.MountRefused;
import dev.cofferdam.agent.terminal.Terminal;
import dev.cofferdam.terminal.protocol.AgentFrame;
import dev.cofferdam.terminal.protocol.ControlAnswer;
import dev.cofferdam.terminal.protocol.ControlFrame;
import dev.cofferdam.tickets.Ticket;
import dev.cofferdam.tickets.TicketAction;
import dev.cofferdam.tickets.TicketDecision;
import dev.cofferdam.tickets.TicketVerifier;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Carries out control frames, each only with a ticket for it. */
final class Orders {
  private static final ControlAnswer DONE = new ControlAnswer.Done(0);

  private final Agent agent;
  private final TicketVerifier tickets;
  private final SecurityRecord records;
  private final RefusedTickets refused = new RefusedTickets();

  Orders(Agent agent, TicketVerifier tickets, SecurityRecord records) {
    this.agent = agent;
    this.tickets = tickets;
    this.records = records;
  }

  Agent agent() {
    return agent;
  }

  /** Answers in order; the last answer is Done, Failed or Terminals. */
  void carryOut(ControlFrame order, Consumer<ControlAnswer> answer) {
    switch (order) {
      case ControlFrame.Open o -> open(o, answer);
      case ControlFrame.Renew r ->
          admitted(r.ticket(), TicketAction.RENEW, answer)
              .ifPresent(
                  ticket -> {
                    agent.renew(ticket);
                    refused.take().forEach(answer);
                    AgentFrame.Status now = agent.status();
                    answer.accept(
                        new ControlAnswer.Renewed(
                            now.idleSecondsLeft(), now.warnSeconds(), Optional.of(agent.doing())));
                  });
      case ControlFrame.Lock l ->
          admitted(l.ticket(), TicketAction.LOCK, answer)
              .ifPresent(ticket -> agent.lock(() -> answer.accept(DONE)));
      case ControlFrame.CreateTerminal c -> create(c, answer);
      case ControlFrame.ListTerminals l ->
          admitted(l.ticket(), TicketAction.TERMINAL, answer)
              .ifPresent(t -> answer.accept(new ControlAnswer.Terminals(agent.terminals().list())));
      case ControlFrame.CloseTerminal c -> close(c, answer);
      case ControlFrame.Enter e -> answer.accept(failed("bad-order", "a view starts with Enter"));
    }
  }

  /** The terminal that this ticket lets a view into, or why not. */
  Optional<Terminal> enter(ControlFrame.Enter enter, Consumer<ControlAnswer> refusal) {
    if (admitted(enter.ticket(), TicketAction.TERMINAL, refusal).isEmpty()) {
      return Optional.empty();
    }
    Optional<Terminal> terminal =
        agent.isEnding() ? Optional.empty() : agent.terminals().find(enter.terminal());
    if (terminal.isEmpty()) {
      refusal.accept(failed("no-such-terminal", "there is no terminal " + enter.terminal()));
    }
    return terminal;
  }

  private void open(ControlFrame.Open order, Consumer<ControlAnswer> answer) {
    long start = System.nanoTime();
    Optional<Ticket> ticket = admitted(order.ticket(), TicketAction.OPEN, answer);
    if (ticket.isEmpty()) {
      return;
    }
    try {
      int terminal =
          agent.open(
              order.wrappingToken(),
              ticket.get(),
              order.terminal(),
              step ->
                  answer.accept(new ControlAnswer.Step(step, (System.nanoTime() - start) / 1000)));
      answer.accept(new ControlAnswer.Done(terminal));
    } catch (KeyRefused e) {
      records.write("key-refused", e.slug());
      openFailed(e.slug(), e.getMessage(), answer);
    } catch (MountRefused e) {
      records.write("mount-refused", e.slug());
      openFailed(e.slug(), e.getMessage(), answer);
    } catch (IOException e) {
      openFailed("cell-failed", "the cell did not start: " + e.getMessage(), answer);
    } catch (RuntimeException e) {
      // Whatever it is: a sandbox that is neither open nor closed must not stay.
      openFailed("open-failed", "the sandbox failed: " + e, answer);
    }
  }

  private void openFailed(String slug, @Nullable String text, Consumer<ControlAnswer> answer) {
    try {
      answer.accept(failed(slug, text == null ? slug : text));
    } finally {
      agent.giveUp();
    }
  }

  private void create(ControlFrame.CreateTerminal order, Consumer<ControlAnswer> answer) {
    if (admitted(order.ticket(), TicketAction.TERMINAL, answer).isEmpty()) {
      return;
    }
    if (agent.isEnding()) {
      answer.accept(failed("terminal-failed", "the workspace locks"));
      return;
    }
    try {
      ControlAnswer made =
          agent
              .createTerminal(order.columns(), order.rows())
              .<ControlAnswer>map(terminal -> new ControlAnswer.Done(terminal.id()))
              .orElseGet(() -> failed("too-many-terminals", "32 terminals are open: close one"));
      answer.accept(made);
    } catch (IOException e) {
      answer.accept(failed("terminal-failed", "the terminal did not start: " + e.getMessage()));
    }
  }

  private void close(ControlFrame.CloseTerminal order, Consumer<ControlAnswer> answer) {
    if (admitted(order.ticket(), TicketAction.TERMINAL, answer).isEmpty()) {
      return;
    }
    boolean there = agent.terminals().close(order.terminal());
    answer.accept(there ? DONE : failed("no-such-terminal", "there is no such terminal"));
  }

  private Optional<Ticket> admitted(
      String ticket, TicketAction wanted, Consumer<ControlAnswer> refusal) {
    return switch (tickets.decide(ticket, wanted)) {
      case TicketDecision.Admit admit -> Optional.of(admit.ticket());
      case TicketDecision.Refuse refuse -> {
        String why = refuse.refusal().name().toLowerCase(Locale.ROOT);
        records.write("ticket-refused", why);
        refused.add(wanted, refuse.refusal());
        refusal.accept(failed("ticket-refused", "the ticket was refused: " + why));
        yield Optional.empty();
      }
    };
  }

  private static ControlAnswer failed(String slug, String text) {
    return new ControlAnswer.Failed(slug, text);
  }
}
