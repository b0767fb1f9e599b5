// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.box;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.sandbox.protocol.ExitReason;
import dev.cofferdam.sandboxhost.lab.Lab;
import dev.cofferdam.sandboxhost.lab.Remains;
import dev.cofferdam.sandboxhost.lab.TestBox;
import dev.cofferdam.sandboxhost.lab.TestView;
import dev.cofferdam.sandboxhost.lab.TestWorkspace;
import dev.cofferdam.terminal.protocol.AgentFrame;
import dev.cofferdam.terminal.protocol.ControlAnswer;
import dev.cofferdam.terminal.protocol.ControlFrame;
import dev.cofferdam.tickets.LeaseTerms;
import dev.cofferdam.tickets.TicketAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The whole way of a workspace: opened, worked in, locked, opened again. */
class OpenBoxIT {
  private final Lab lab = Lab.shared();

  @Test
  void tellsEachStepOfAnOpening() {
    try (TestBox box = lab.newWorkspace().start()) {
      List<ControlAnswer> answers = box.open();

      assertThat(answers)
          .filteredOn(ControlAnswer.Step.class::isInstance)
          .extracting(answer -> ((ControlAnswer.Step) answer).name())
          .containsExactly("key-released", "mounted", "cell-ready");
    }
  }

  @Test
  void keepsFilesFromOneOpeningToTheNext() {
    TestWorkspace workspace = lab.newWorkspace();
    try (TestBox box = workspace.open();
        TestView terminal = box.terminal()) {
      terminal.run("mkdir -p src && echo 'hello from the cell' > src/note && sync");
      assertThat(box.lock()).isEqualTo(new ControlAnswer.Done(0));
      assertThat(box.awaitExit()).isEqualTo(ExitReason.LOCKED);
    }

    assertThat(new String(workspace.onDisk(), StandardCharsets.ISO_8859_1))
        .contains("gocryptfs.conf")
        .doesNotContain("hello from the cell")
        .doesNotContain("note");
    try (TestBox box = workspace.open();
        TestView terminal = box.terminal()) {
      assertThat(terminal.run("cat src/note")).isEqualTo("hello from the cell\n");
    }
  }

  @Test
  void saysHowBusyItIsWhenItsLeaseIsRenewed() {
    LeaseTerms terms = new LeaseTerms(Duration.ofSeconds(30), Duration.ofMinutes(10), true);
    try (TestBox box = lab.newWorkspace().open();
        TestView first = box.terminal();
        TestView second = box.terminal()) {
      first.run("true");
      second.type("exit\n");
      second.awaitFrame(AgentFrame.Exited.class);

      ControlAnswer answer =
          box.control().result(new ControlFrame.Renew(box.ticket(TicketAction.RENEW, terms)));

      ControlAnswer.Doing doing = ((ControlAnswer.Renewed) answer).now().orElseThrow();
      assertThat(doing.terminals()).isEqualTo(1);
      assertThat(doing.idleSeconds()).isBetween(0, 60);
    }
  }

  @Test
  void isGoneWithinASecondOfALock() {
    try (TestBox box = lab.newWorkspace().open()) {
      box.terminal().close();
      Remains remains = Remains.of(box);
      long start = System.nanoTime();

      box.lock();
      box.awaitExit();

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
      remains.assertNone();
    }
  }
}
