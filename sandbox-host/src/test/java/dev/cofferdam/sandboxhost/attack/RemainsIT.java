// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.sandbox.protocol.ExitReason;
import dev.cofferdam.sandboxhost.lab.Lab;
import dev.cofferdam.sandboxhost.lab.Remains;
import dev.cofferdam.sandboxhost.lab.TestBox;
import dev.cofferdam.sandboxhost.lab.TestTickets;
import dev.cofferdam.sandboxhost.lab.TestView;
import dev.cofferdam.terminal.protocol.AgentFrame;
import dev.cofferdam.terminal.protocol.ClientFrame;
import dev.cofferdam.terminal.protocol.ControlAnswer;
import dev.cofferdam.terminal.protocol.ControlFrame;
import dev.cofferdam.tickets.LeaseTerms;
import dev.cofferdam.tickets.TicketAction;
import dev.cofferdam.tickets.Timeouts;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * However a session ends by itself or in order, no process, mount or socket of it is left. What
 * ends by force is in {@link DeathIT}, what is too full in {@link QuotaIT}.
 */
class RemainsIT {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration TWO_SECONDS = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final Timeouts NO_COMMAND =
      new Timeouts(Optional.of(TWO_SECONDS), Optional.empty());
  private static final Timeouts NO_WORK = new Timeouts(Optional.empty(), Optional.of(TWO_SECONDS));

  private final Lab lab = Lab.shared();

  /** A way to end, and what the session is told for it. */
  enum Way {
    LOCK(ExitReason.LOCKED, TestTickets.TERMS),
    IDLE(ExitReason.IDLE, terms(30, 2, 600)),
    AWAY(ExitReason.DISCONNECTED, terms(30, 600, 1)),
    LEASE(ExitReason.LEASE, terms(2, 600, 600)),
    COMMAND_TIMEOUT(ExitReason.COMMAND_TIMEOUT, terms(30, 600, 600).withTimeouts(NO_COMMAND)),
    MOUNT_TIMEOUT(ExitReason.MOUNT_TIMEOUT, terms(30, 600, 600).withTimeouts(NO_WORK));

    private final ExitReason reason;
    private final LeaseTerms terms;

    Way(ExitReason reason, LeaseTerms terms) {
      this.reason = reason;
      this.terms = terms;
    }

    private static LeaseTerms terms(long lease, long idle, long away) {
      return new LeaseTerms(
          Duration.ofSeconds(lease),
          Duration.ofSeconds(idle),
          SECOND,
          Duration.ofSeconds(away),
          true);
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsLeftHoweverItEnds(Way way) {
    try (TestBox box = lab.newWorkspace().open();
        TestView terminal = box.terminal()) {
      terminal.run("cd /workspace; exec 9> held; (trap '' HUP; sleep 1000 >&9) & disown");
      terminal.connection().send(new ClientFrame.Stay());
      terminal.awaitFrame(AgentFrame.Status.class);
      Remains remains = Remains.of(box);

      assertThat(renew(box, way.terms)).isInstanceOf(ControlAnswer.Renewed.class);
      end(way, box, terminal);

      assertThat(box.awaitExit(PATIENCE)).isEqualTo(way.reason);
      remains.assertNone();
    }
  }

  private static ControlAnswer renew(TestBox box, LeaseTerms terms) {
    return box.control().result(new ControlFrame.Renew(box.ticket(TicketAction.RENEW, terms)));
  }

  private static void end(Way way, TestBox box, TestView terminal) {
    switch (way) {
      case LOCK -> box.lock();
      case AWAY -> terminal.close();
      case IDLE, LEASE -> {}
      case COMMAND_TIMEOUT ->
          terminal.type("while sleep 0.2; do head -c 99999 /dev/zero > file; done\r");
      case MOUNT_TIMEOUT -> typeUntilItEnds(terminal);
    }
  }

  /** The echo of each keystroke is what is waited for. */
  private static void typeUntilItEnds(TestView terminal) {
    do {
      terminal.tryType(" ");
    } while (!(terminal.take() instanceof AgentFrame.Closed));
    assertThat(terminal.others().stream().filter(AgentFrame.Status.class::isInstance))
        .as("once a second, not for each keystroke")
        .hasSizeLessThan(20);
  }
}
