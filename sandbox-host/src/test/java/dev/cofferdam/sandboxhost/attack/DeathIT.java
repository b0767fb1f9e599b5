// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.sandbox.protocol.ExitReason;
import dev.cofferdam.sandboxhost.lab.AgentClient;
import dev.cofferdam.sandboxhost.lab.Command;
import dev.cofferdam.sandboxhost.lab.Lab;
import dev.cofferdam.sandboxhost.lab.Remains;
import dev.cofferdam.sandboxhost.lab.TestBox;
import dev.cofferdam.sandboxhost.lab.TestView;
import dev.cofferdam.sandboxhost.lab.TestWorkspace;
import dev.cofferdam.terminal.protocol.AgentFrame;
import dev.cofferdam.terminal.protocol.ClientFrame;
import dev.cofferdam.terminal.protocol.ControlAnswer;
import dev.cofferdam.terminal.protocol.ControlFrame;
import dev.cofferdam.tickets.LeaseTerms;
import dev.cofferdam.tickets.TicketAction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a session ends: within a second nothing of it is left, and the reason is told. */
class DeathIT {
  private static final Duration A_SECOND = Duration.ofSeconds(1);

  private final Lab lab = Lab.shared();

  @Test
  void ofTheAgent() {
    assertGone(box -> kill(box, "java"), ExitReason.KILLED);
  }

  @Test
  void ofGocryptfs() {
    assertGone(box -> kill(box, "gocryptfs"), ExitReason.BROKEN);
  }

  @Test
  void ofTheCellsFirstProcess() {
    assertGone(box -> kill(box, "sleep"), ExitReason.BROKEN);
  }

  @Test
  void ofTheBoxFromOutside() {
    assertGone(box -> kill(box.box().pid()), ExitReason.KILLED);
  }

  @Test
  void byTheGateway() {
    assertGone(box -> lab.client().end(box.box().sandbox()), ExitReason.KILLED);
  }

  @Test
  void ofTheAgentWhileItOpens() {
    TestWorkspace workspace = lab.newWorkspace();
    workspace.open().close();
    for (int round = 0; round < 10; round++) {
      try (TestBox box = workspace.start()) {
        long agent = box.process("java").pid();
        String ticket = box.ticket(TicketAction.OPEN);
        box.control().send(new ControlFrame.Open(ticket, workspace.wrap(), Optional.empty()));
        LockSupport.parkNanos(Duration.ofMillis(round * 7).toNanos());
        kill(agent);

        assertThat(box.awaitExit(A_SECOND)).isEqualTo(ExitReason.KILLED);
        assertThat(box.processes()).isEmpty();
      }
    }
  }

  /**
   * Killed while it looks at its own mount, gocryptfs would never end, and its memory would stay.
   */
  @Test
  void byALockWhileItOpens() {
    TestWorkspace workspace = lab.newWorkspace();
    workspace.open().close();
    for (int round = 0; round < 10; round++) {
      try (TestBox box = workspace.start();
          AgentClient locker = AgentClient.connect(Path.of(box.box().socket()))) {
        String open = box.ticket(TicketAction.OPEN);
        String lock = box.ticket(TicketAction.LOCK);
        box.control().send(new ControlFrame.Open(open, workspace.wrap(), Optional.empty()));
        LockSupport.parkNanos(Duration.ofMillis(round * 7).toNanos());
        locker.send(new ControlFrame.Lock(lock));

        assertThat(box.awaitExit(A_SECOND)).isEqualTo(ExitReason.LOCKED);
        assertThat(box.processes()).isEmpty();
      }
    }
  }

  @Test
  void ofGocryptfsOnceItIsOpen() {
    for (int round = 0; round < 5; round++) {
      try (TestBox box = lab.newWorkspace().open()) {
        Remains remains = Remains.of(box);
        kill(box, "gocryptfs");

        assertThat(box.awaitExit(A_SECOND)).isEqualTo(ExitReason.BROKEN);
        remains.assertNone();
      }
    }
  }

  @Test
  void byALockWhileTheUserHoldsOnToItsFiles() {
    try (TestBox box = lab.newWorkspace().open();
        TestView terminal = box.terminal()) {
      terminal.run("cd /workspace; exec 9> held; (trap '' HUP TERM INT; sleep 1000 >&9) & disown");
      terminal.type("trap '' HUP TERM; yes >> held\r");
      Remains remains = Remains.of(box);

      box.lock();

      assertThat(box.awaitExit(A_SECOND)).isEqualTo(ExitReason.LOCKED);
      remains.assertNone();
    }
  }

  @Test
  void tellsViewsThatItWasLocked() {
    try (TestBox box = lab.newWorkspace().open();
        TestView terminal = box.terminal()) {
      box.lock();

      AgentFrame.Closed closed = terminal.awaitFrame(AgentFrame.Closed.class);

      assertThat(closed.code()).isEqualTo(4423);
    }
  }

  @Test
  void ofTheLease() {
    LeaseTerms terms = new LeaseTerms(Duration.ofSeconds(1), Duration.ofMinutes(10), true);
    try (TestBox box = lab.newWorkspace().start()) {
      long start = System.nanoTime();
      box.open(terms, box.workspace().wrap());
      Remains remains = Remains.of(box);

      assertThat(box.awaitExit(Duration.ofSeconds(3))).isEqualTo(ExitReason.LEASE);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(1000), Duration.ofMillis(2200));
      remains.assertNone();
    }
  }

  @Test
  void isPutOffByRenewing() {
    LeaseTerms terms = new LeaseTerms(Duration.ofSeconds(1), Duration.ofMinutes(10), true);
    try (TestBox box = lab.newWorkspace().start()) {
      long start = System.nanoTime();
      box.open(terms, box.workspace().wrap());

      while (System.nanoTime() - start < 2_500_000_000L) {
        ControlAnswer answer =
            box.control().result(new ControlFrame.Renew(box.ticket(TicketAction.RENEW, terms)));
        assertThat(answer).isInstanceOf(ControlAnswer.Renewed.class);
      }

      assertThat(box.awaitExit(Duration.ofSeconds(3))).isEqualTo(ExitReason.LEASE);
    }
  }

  @Test
  void ofNobodyLooking() {
    Duration second = Duration.ofSeconds(1);
    LeaseTerms terms =
        new LeaseTerms(
            Duration.ofSeconds(30), Duration.ofMinutes(10), second, second.multipliedBy(2), true);
    try (TestBox box = lab.newWorkspace().start()) {
      box.open(terms, box.workspace().wrap());
      long start;
      try (TestView terminal = box.terminal();
          TestView other = box.terminal()) {
        start = System.nanoTime();
        while (System.nanoTime() - start < 3_000_000_000L) {
          assertThat(terminal.run("echo here")).isEqualTo("here\n");
        }
        other.run(":");
        start = System.nanoTime();
      }

      assertThat(box.awaitExit(Duration.ofSeconds(4))).isEqualTo(ExitReason.DISCONNECTED);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(1900), Duration.ofMillis(3500));
    }
  }

  @Test
  void ofIdlenessWhateverTheProgramsPrint() {
    LeaseTerms terms = new LeaseTerms(Duration.ofSeconds(30), Duration.ofSeconds(2), true);
    try (TestBox box = lab.newWorkspace().start()) {
      box.open(terms, box.workspace().wrap());
      try (TestView terminal = box.terminal()) {
        terminal.type("while :; do date; sleep 0.1; done\r");
        long start = System.nanoTime();
        terminal.connection().send(new ClientFrame.Ping(1));
        terminal.connection().send(new ClientFrame.Resize(100, 30));
        terminal.connection().send(new ClientFrame.Ack(0));
        Remains remains = Remains.of(box);

        while (!(terminal.take() instanceof AgentFrame.Closed)) {
          assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        }

        assertThat(box.awaitExit(Duration.ofSeconds(3))).isEqualTo(ExitReason.IDLE);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        assertThat(terminal.text().split("UTC").length).as("dates printed").isGreaterThan(5);
        remains.assertNone();
      }
    }
  }

  @Test
  void ofIdlenessWhateverTheTerminalAnswersByItself() {
    LeaseTerms terms = new LeaseTerms(Duration.ofSeconds(30), Duration.ofSeconds(2), true);
    try (TestBox box = lab.newWorkspace().start()) {
      box.open(terms, box.workspace().wrap());
      try (TestView terminal = box.terminal()) {
        terminal.type("while :; do printf '\\033[c'; sleep 0.1; done\r");
        long start = System.nanoTime();

        while (!(terminal.take() instanceof AgentFrame.Closed)) {
          terminal.tryType("\033[?1;2c");
          terminal.tryType("");
          assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        }

        assertThat(box.awaitExit(Duration.ofSeconds(3))).isEqualTo(ExitReason.IDLE);
      }
    }
  }

  @Test
  void isPutOffByTypingAndBySayingStay() {
    LeaseTerms terms = new LeaseTerms(Duration.ofSeconds(30), Duration.ofSeconds(1), true);
    try (TestBox box = lab.newWorkspace().start()) {
      box.open(terms, box.workspace().wrap());
      try (TestView terminal = box.terminal()) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < 1_500_000_000L) {
          terminal.run(":");
        }
        while (System.nanoTime() - start < 3_000_000_000L) {
          terminal.connection().send(new ClientFrame.Stay());
          terminal.awaitFrame(AgentFrame.Status.class);
        }
        assertThat(terminal.run("echo alive")).isEqualTo("alive\n");
      }
      assertThat(box.awaitExit(Duration.ofSeconds(3))).isEqualTo(ExitReason.IDLE);
    }
  }

  /** Each for longer than the idle time; the sitting shell is that of the terminal. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "yes > /dev/null",
        "tail -f log",
        "while sleep 0.2; do date; done",
        "while sleep 0.2; do ls -l many > /dev/null; done",
        "while sleep 0.2; do touch log; done",
        "while sleep 0.2; do echo a line of a log >> log; done",
        "cd many; ls > /dev/null",
      })
  void ofIdlenessWhateverProgramsDoButWork(String program) {
    LeaseTerms terms = new LeaseTerms(Duration.ofSeconds(30), Duration.ofSeconds(3), true);
    try (TestBox box = lab.newWorkspace().start()) {
      box.open(terms, box.workspace().wrap());
      try (TestView terminal = box.terminal()) {
        terminal.run("cd /workspace; echo > log; mkdir many; touch many/file-{1..200}");
        terminal.type(program + "\r");
        long start = System.nanoTime();

        assertThat(box.awaitExit(Duration.ofSeconds(6))).isEqualTo(ExitReason.IDLE);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while [ $SECONDS -lt 6 ]; do sleep 0.2; head -c 40000 /dev/zero > file; done",
        "while [ $SECONDS -lt 6 ]; do sleep 0.2; cat big > /dev/null; done",
      })
  void isPutOffByWorkOnFiles(String program) {
    LeaseTerms terms = new LeaseTerms(Duration.ofSeconds(30), Duration.ofSeconds(2), true);
    try (TestBox box = lab.newWorkspace().start()) {
      box.open(terms, box.workspace().wrap());
      try (TestView terminal = box.terminal()) {
        terminal.run("cd /workspace; head -c 40000 /dev/zero > big; SECONDS=0");
        long start = System.nanoTime();
        terminal.type(program + "; sleep 1000\r");

        assertThat(box.awaitExit(Duration.ofSeconds(12))).isEqualTo(ExitReason.IDLE);

        assertThat(Duration.ofNanos(System.nanoTime() - start))
            .isBetween(Duration.ofSeconds(7), Duration.ofSeconds(10));
      }
    }
  }

  private void assertGone(Consumer<TestBox> death, ExitReason reason) {
    try (TestBox box = lab.newWorkspace().open();
        TestView terminal = box.terminal()) {
      terminal.run("(sleep 1000 &)");
      Remains remains = Remains.of(box);

      death.accept(box);

      assertThat(box.awaitExit(A_SECOND)).isEqualTo(reason);
      remains.assertNone();
    }
  }

  private static void kill(TestBox box, String program) {
    kill(box.process(program).pid());
  }

  private static void kill(long pid) {
    Command.require("kill", "-KILL", Long.toString(pid));
  }
}
