// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.place;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.sandbox.protocol.ExitReason;
import dev.cofferdam.sandboxhost.lab.Command;
import dev.cofferdam.sandboxhost.lab.Lab;
import dev.cofferdam.sandboxhost.lab.TestBox;
import dev.cofferdam.sandboxhost.lab.TestTickets;
import dev.cofferdam.sandboxhost.lab.TestView;
import dev.cofferdam.sandboxhost.lab.TestWorkspace;
import dev.cofferdam.terminal.protocol.ControlAnswer;
import dev.cofferdam.terminal.protocol.ControlFrame;
import dev.cofferdam.testkit.Eventually;
import dev.cofferdam.tickets.LeaseTerms;
import dev.cofferdam.tickets.TicketAction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A lock keeps the place of whoever worked, and nothing of it lies about. */
class PlaceIT {
  private final Lab lab = Lab.shared();

  @Test
  void bringsScreenDirectoryAndTitleBackAndNamesWhatRan() {
    TestWorkspace workspace = lab.newWorkspace();
    String marker = "seen-" + Long.toHexString(System.nanoTime());
    try (TestBox box = workspace.open();
        TestView first = box.terminal();
        TestView second = box.terminal()) {
      first.run("mkdir -p 'src $(id) é'; cd src*; echo " + marker);
      first.run("echo above''-%s; seq 200".formatted(marker));
      second.run("cd /workspace; printf '\\033]2;%s %s\\007' my title");
      second.type("sleep 1007\r");
      awaitProgram(box, "sleep 1007");
      assertThat(box.lock()).isEqualTo(new ControlAnswer.Done(0));
      assertThat(box.awaitExit()).isEqualTo(ExitReason.LOCKED);
    }

    assertNowhere(workspace, marker);
    try (TestBox box = workspace.open()) {
      assertThat(list(box)).hasSize(2);
      assertThat(list(box).get(0).columns()).isEqualTo(80);
      assertThat(list(box).get(1).title()).isEqualTo("my title");
      try (TestView first = TestView.attach(box, list(box).get(0).id());
          TestView second = TestView.attach(box, list(box).get(1).id())) {
        first.awaitText("[locked ");
        assertThat(first.text())
            .contains(marker)
            .contains("above-" + marker)
            .doesNotContain("was running");
        second.awaitText("was running: `sleep 1007`]");
        assertThat(second.text()).contains("\u001b]2;my title\u0007");
        assertThat(first.run("pwd")).isEqualTo("/workspace/src $(id) é\n");
        assertThat(second.run("pwd; jobs")).isEqualTo("/workspace\n");
        assertThat(box.processes()).noneMatch(p -> p.commandLine().equals("sleep 1007"));
        assertThat(first.run("ls -a / /workspace; find / -name place -type f 2>/dev/null"))
            .doesNotContain("place");
      }
    }
  }

  @Test
  void beginsATerminalWithTheOpeningUnlessOneIsBroughtBack() {
    TestWorkspace workspace = lab.newWorkspace();
    try (TestBox box = workspace.start()) {
      assertThat(openWithTerminal(box)).isEqualTo(new ControlAnswer.Done(1));
      assertThat(list(box))
          .containsExactly(new ControlAnswer.Terminal(1, 100, 30, true, list(box).get(0).title()));
      try (TestView view = TestView.attach(box, 1)) {
        view.awaitText("$ ");
        assertThat(view.run("echo $((6 * 7))")).isEqualTo("42\n");
      }
      box.lock();
      box.awaitExit();
    }
    try (TestBox box = workspace.start()) {
      assertThat(openWithTerminal(box)).isEqualTo(new ControlAnswer.Done(0));
      assertThat(list(box)).hasSize(1);
    }
  }

  private static ControlAnswer openWithTerminal(TestBox box) {
    String ticket = box.ticket(TicketAction.OPEN, TestTickets.TERMS);
    String token = box.workspace().wrap();
    ControlFrame.Size size = new ControlFrame.Size(100, 30);
    return box.control().order(new ControlFrame.Open(ticket, token, Optional.of(size))).getLast();
  }

  @Test
  void startsInTheRootWhereTheDirectoryIsGone() {
    TestWorkspace workspace = lab.newWorkspace();
    try (TestBox box = workspace.open();
        TestView terminal = box.terminal()) {
      terminal.run("mkdir gone; cd gone; rmdir ../gone");
      box.lock();
      box.awaitExit();
    }
    try (TestBox box = workspace.open();
        TestView terminal = TestView.attach(box, list(box).getFirst().id())) {
      terminal.awaitText("[locked ");
      assertThat(terminal.run("pwd")).isEqualTo("/workspace\n");
    }
  }

  @Test
  void bringsATerminalBackOnceAndNotOneThatWasClosed() {
    TestWorkspace workspace = lab.newWorkspace();
    try (TestBox box = workspace.open()) {
      box.create();
      box.lock();
      box.awaitExit();
    }
    try (TestBox box = workspace.open()) {
      int id = list(box).getFirst().id();
      ControlAnswer closed =
          box.control()
              .result(new ControlFrame.CloseTerminal(box.ticket(TicketAction.TERMINAL), id));
      assertThat(closed).isInstanceOf(ControlAnswer.Done.class);
      box.lock();
      box.awaitExit();
    }
    try (TestBox box = workspace.open()) {
      assertThat(list(box)).isEmpty();
    }
  }

  @Test
  void isKeptByAnIdleLockAndByALeaseThatRanOut() {
    TestWorkspace workspace = lab.newWorkspace();
    Duration minutes = Duration.ofMinutes(10);
    assertKept(workspace, new LeaseTerms(Duration.ofSeconds(3), minutes, true), ExitReason.LEASE);
    LeaseTerms idle = new LeaseTerms(Duration.ofSeconds(30), Duration.ofSeconds(3), true);
    assertKept(workspace, idle, ExitReason.IDLE);
  }

  private void assertKept(TestWorkspace workspace, LeaseTerms terms, ExitReason reason) {
    try (TestBox box = workspace.start()) {
      box.open(terms, workspace.wrap());
      box.create();
      assertThat(box.awaitExit()).isEqualTo(reason);
    }
    try (TestBox box = workspace.open()) {
      assertThat(list(box)).isNotEmpty();
      list(box)
          .forEach(
              one ->
                  box.control()
                      .result(
                          new ControlFrame.CloseTerminal(
                              box.ticket(TicketAction.TERMINAL), one.id())));
      box.lock();
      box.awaitExit();
    }
  }

  @Test
  void locksWithinASecondWithThirtyTwoFullTerminals() {
    TestWorkspace workspace = lab.newWorkspace();
    try (TestBox box = workspace.open()) {
      for (int i = 0; i < 32; i++) {
        try (TestView terminal = TestView.attach(box, box.create())) {
          terminal.run("seq -f 'line %g of many that fill what is retained' 50000");
        }
        box.control()
            .result(new ControlFrame.Renew(box.ticket(TicketAction.RENEW, TestTickets.TERMS)));
      }
      long start = System.nanoTime();
      box.lock();
      box.awaitExit();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }
    try (TestBox box = workspace.open()) {
      assertThat(list(box)).hasSize(32);
      for (ControlAnswer.Terminal one : list(box)) {
        try (TestView terminal = TestView.attach(box, one.id())) {
          terminal.awaitText("[locked ");
          // Where the machine was too busy for all of it, that is said.
          assertThat(terminal.text())
              .containsAnyOf("line 50000 of many", "could not be kept in time");
        }
      }
    }
  }

  private void assertNowhere(TestWorkspace workspace, String marker) {
    assertThat(new String(workspace.onDisk(), ISO_8859_1))
        .contains("gocryptfs.conf")
        .doesNotContain(marker);
    Command.Outcome found =
        Command.run(lab.user().reaching(List.of("grep", "-rlaF", marker, lab.root().toString())));
    assertThat(found.status()).as(found.output()).isEqualTo(1);
  }

  private static void awaitProgram(TestBox box, String commandLine) {
    Eventually.within(Duration.ofSeconds(10))
        .until(
            "it runs",
            () -> box.processes().stream().anyMatch(p -> p.commandLine().equals(commandLine)));
  }

  private static List<ControlAnswer.Terminal> list(TestBox box) {
    ControlAnswer answer =
        box.control().result(new ControlFrame.ListTerminals(box.ticket(TicketAction.TERMINAL)));
    return ((ControlAnswer.Terminals) answer).terminals();
  }
}
