// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.sandbox.protocol.ExitReason;
import dev.cofferdam.sandboxhost.lab.Lab;
import dev.cofferdam.sandboxhost.lab.Remains;
import dev.cofferdam.sandboxhost.lab.TestBox;
import dev.cofferdam.sandboxhost.lab.TestView;
import dev.cofferdam.sandboxhost.lab.TestWorkspace;
import dev.cofferdam.terminal.protocol.AgentFrame;
import dev.cofferdam.terminal.protocol.ControlFrame;
import dev.cofferdam.tickets.LeaseTerms;
import dev.cofferdam.tickets.TicketAction;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What programs get to do when their workspace locks: what they do when a terminal is unplugged.
 */
class HangupIT {
  /**
   * Says so once it may be told, writes down that it was, and does not go. It says no more: its
   * terminal is gone with the shell.
   */
  private static final String STAYS =
      "sh -c 'trap \"echo saved > $1\" HUP; echo lis$2; exec >/dev/null 2>&1; while :; do sleep 60 & wait; done' sh ";

  private static final String LISTENS = "listens";

  private final Lab lab = Lab.shared();
  private final TestWorkspace workspace = lab.newWorkspace();

  @Test
  void aProgramSavesItsWorkAndIsGoneAllTheSame() {
    try (TestBox box = workspace.open();
        TestView terminal = box.terminal()) {
      terminal.type(STAYS + "foreground tens\r");
      terminal.awaitText(LISTENS);
      lockAndFindNothing(box);
    }
    assertThat(later("cat foreground")).isEqualTo("saved\n");
  }

  @Test
  void soDoOnesThatAreInTheBackgroundOrStoppedOrHaveNoTerminal() {
    try (TestBox box = workspace.open();
        TestView one = box.terminal();
        TestView another = box.terminal();
        TestView third = box.terminal()) {
      one.type(STAYS + "background tens &\r");
      one.awaitText(LISTENS);
      another.type("setsid " + STAYS + "detached tens &\r");
      another.awaitText(LISTENS);
      third.type(STAYS + "stopped tens\r");
      third.awaitText(LISTENS);
      third.type("\u001a"); // Ctrl-Z
      third.awaitText("Stopped");
      lockAndFindNothing(box);
    }
    assertThat(later("cat background detached stopped")).isEqualTo("saved\nsaved\nsaved\n");
  }

  @Test
  void aShellKeepsItsHistory() {
    try (TestBox box = workspace.open();
        TestView terminal = box.terminal()) {
      terminal.run("echo what was typed");
      lockAndFindNothing(box);
    }
    assertThat(later("cat ~/.bash_history")).contains("echo what was typed");
  }

  @Test
  void viewsHearOfTheLockAndNotOfTheirShellsEnd() {
    try (TestBox box = workspace.open();
        TestView terminal = box.terminal()) {
      box.lock();
      assertThat(terminal.awaitFrame(AgentFrame.Closed.class).code()).isEqualTo(4423);
      assertThat(terminal.others()).noneMatch(AgentFrame.Exited.class::isInstance);
    }
  }

  @Test
  void withoutALeaseNoMomentIsLeft() {
    LeaseTerms terms = new LeaseTerms(Duration.ofSeconds(30), Duration.ofMinutes(10), true);
    LeaseTerms second = new LeaseTerms(Duration.ofSeconds(1), Duration.ofMinutes(10), true);
    try (TestBox box = workspace.start()) {
      box.open(terms, workspace.wrap());
      try (TestView terminal = box.terminal()) {
        terminal.type(STAYS + "foreground tens\r");
        terminal.awaitText(LISTENS);
        box.control().result(new ControlFrame.Renew(box.ticket(TicketAction.RENEW, second)));
        assertThat(box.awaitExit()).isEqualTo(ExitReason.LEASE);
      }
    }
    assertThat(later("cat foreground 2>&1")).contains("No such file");
  }

  private static void lockAndFindNothing(TestBox box) {
    Remains remains = Remains.of(box);
    box.lock();
    assertThat(box.awaitExit()).isEqualTo(ExitReason.LOCKED);
    remains.assertNone();
  }

  private String later(String commandLine) {
    try (TestBox box = workspace.open();
        TestView terminal = box.terminal()) {
      return terminal.run(commandLine);
    }
  }
}
