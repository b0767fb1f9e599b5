// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.lab;

import dev.cofferdam.identity.SessionId;
import dev.cofferdam.sandbox.protocol.Box;
import dev.cofferdam.sandbox.protocol.ExitReason;
import dev.cofferdam.sandboxhost.lab.Processes.Found;
import dev.cofferdam.terminal.protocol.ControlAnswer;
import dev.cofferdam.terminal.protocol.ControlFrame;
import dev.cofferdam.tickets.LeaseTerms;
import dev.cofferdam.tickets.TicketAction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A box, its session and a control connection to its agent. */
public final class TestBox implements AutoCloseable {
  private final TestWorkspace workspace;
  private final Box box;
  private final SessionId session = SessionId.random();
  private final AgentClient control;

  TestBox(TestWorkspace workspace, Box box) {
    this.workspace = workspace;
    this.box = box;
    control = AgentClient.connect(Path.of(box.socket()));
  }

  public Box box() {
    return box;
  }

  public SessionId session() {
    return session;
  }

  public TestWorkspace workspace() {
    return workspace;
  }

  public AgentClient control() {
    return control;
  }

  public String ticket(TicketAction action) {
    return workspace.lab().tickets().sign(box, session, action);
  }

  public String ticket(TicketAction action, LeaseTerms terms) {
    return workspace.lab().tickets().sign(TestTickets.ticket(box, session, action, terms));
  }

  /** Opens with these terms; all answers. */
  public List<ControlAnswer> open(LeaseTerms terms, String wrappingToken) {
    return control.order(
        new ControlFrame.Open(ticket(TicketAction.OPEN, terms), wrappingToken, Optional.empty()));
  }

  public List<ControlAnswer> open() {
    List<ControlAnswer> answers = open(TestTickets.TERMS, workspace.wrap());
    if (!(answers.getLast() instanceof ControlAnswer.Done)) {
      throw new AssertionError("not opened: " + answers + workspace.lab().host().log());
    }
    return answers;
  }

  /** A new terminal's id. */
  public int create() {
    ControlAnswer answer =
        control.result(new ControlFrame.CreateTerminal(ticket(TicketAction.TERMINAL), 80, 24));
    if (answer instanceof ControlAnswer.Done done) {
      return done.id();
    }
    throw new AssertionError("no terminal: " + answer);
  }

  /** A new terminal with a view on it, at its first prompt. */
  public TestView terminal() {
    TestView view = TestView.attach(this, create());
    view.awaitText("$ ");
    return view;
  }

  public ControlAnswer lock() {
    return control.result(new ControlFrame.Lock(ticket(TicketAction.LOCK)));
  }

  /** Its file tree as this machine sees it. */
  public Path root() {
    return Path.of("/proc/" + box.pid() + "/root");
  }

  /** All processes that run in it now. */
  public List<Found> processes() {
    return Processes.treeOf(box.pid());
  }

  /** The one process in it whose command line starts with this word. */
  public Found process(String program) {
    return processes().stream()
        .filter(p -> Path.of(p.commandLine().split(" ")[0]).endsWith(program))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + program + " in " + processes()));
  }

  public ExitReason awaitExit() {
    return awaitExit(Duration.ofSeconds(10));
  }

  public ExitReason awaitExit(Duration patience) {
    return workspace.lab().client().awaitExit(box.sandbox(), patience);
  }

  /** Ends it by force if it runs. */
  @Override
  public void close() {
    control.close();
    if (!workspace.lab().client().hasExited(box.sandbox())) {
      workspace.lab().client().end(box.sandbox());
      awaitExit();
    }
  }
}
