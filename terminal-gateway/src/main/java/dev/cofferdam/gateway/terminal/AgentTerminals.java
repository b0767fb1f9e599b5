// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import dev.cofferdam.gateway.sandbox.AgentDoor;
import dev.cofferdam.gateway.session.Activity;
import dev.cofferdam.gateway.session.OpenSession;
import dev.cofferdam.gateway.session.SessionPart;
import dev.cofferdam.gateway.session.Whereabouts;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.terminal.protocol.ControlAnswer;
import dev.cofferdam.terminal.protocol.ControlFrame;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * What agents do with terminals. session-service signs the ticket for each order and so checks
 * whose session it is. Blocks.
 */
@ApplicationScoped
class AgentTerminals {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final SessionPart sessions;
  private final Whereabouts whereabouts;
  private final Activity activity;

  AgentTerminals(SessionPart sessions, Whereabouts whereabouts, Activity activity) {
    this.activity = activity;
    this.sessions = sessions;
    this.whereabouts = whereabouts;
  }

  List<TerminalResource.TerminalAnswer> list(String bearer, SessionId session) {
    return switch (order(bearer, session, ControlFrame.ListTerminals::new)) {
      case ControlAnswer.Terminals found -> {
        long running = found.terminals().stream().filter(ControlAnswer.Terminal::running).count();
        activity.terminalsRun(session, (int) running);
        yield found.terminals().stream()
            .map(
                t ->
                    new TerminalResource.TerminalAnswer(
                        t.id(), t.title(), t.columns(), t.rows(), t.running()))
            .toList();
      }
      case ControlAnswer other -> throw unexpected(other);
    };
  }

  int create(String bearer, SessionId session, int columns, int rows) {
    return switch (order(
        bearer, session, ticket -> new ControlFrame.CreateTerminal(ticket, columns, rows))) {
      case ControlAnswer.Done done -> {
        activity.terminalStarted(session);
        yield done.id();
      }
      case ControlAnswer other -> throw unexpected(other);
    };
  }

  void close(String bearer, SessionId session, int terminal) {
    order(bearer, session, ticket -> new ControlFrame.CloseTerminal(ticket, terminal));
  }

  /** A ticket for one view. */
  String ticket(String bearer, SessionId session) {
    return sessions.terminalTicket(bearer, session);
  }

  /** The box of a session that a ticket was had for; missing for a moment after a restart. */
  OpenSession require(SessionId session) {
    return whereabouts
        .find(session)
        .orElseThrow(
            () -> new ProblemException(Problem.unavailable("The sandbox of this workspace")));
  }

  private ControlAnswer order(
      String bearer, SessionId session, Function<String, ControlFrame> order) {
    String ticket = ticket(bearer, session);
    OpenSession box = require(session);
    try {
      ControlAnswer answer = AgentDoor.order(box.socket(), order.apply(ticket), PATIENCE);
      if (answer instanceof ControlAnswer.Failed failed) {
        throw new ProblemException(problem(failed));
      }
      return answer;
    } catch (IOException e) {
      throw new ProblemException(Problem.unavailable("The sandbox of this workspace"), e);
    }
  }

  private static Problem problem(ControlAnswer.Failed failed) {
    return switch (failed.slug()) {
      case "no-such-terminal" -> Problem.notFound("terminal");
      case "too-many-terminals" ->
          Problem.of(
              "too-many-terminals", 409, "32 terminals are open", "Close one of them first.");
      case "ticket-refused" -> Problem.refused("The sandbox did not take the order. Try again.");
      default -> Problem.of("terminal-failed", 500, "The terminal did not start", "Try again.");
    };
  }

  private static IllegalStateException unexpected(ControlAnswer answer) {
    return new IllegalStateException("an agent answered " + answer.getClass().getSimpleName());
  }
}
