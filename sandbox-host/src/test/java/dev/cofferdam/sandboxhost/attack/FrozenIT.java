// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.sandbox.protocol.ExitReason;
import dev.cofferdam.sandboxhost.lab.Lab;
import dev.cofferdam.sandboxhost.lab.Remains;
import dev.cofferdam.sandboxhost.lab.TestBox;
import dev.cofferdam.sandboxhost.lab.TestView;
import dev.cofferdam.terminal.protocol.ControlAnswer;
import dev.cofferdam.terminal.protocol.ControlFrame;
import dev.cofferdam.testkit.Eventually;
import dev.cofferdam.tickets.TicketAction;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * The lease as it is outside tests, by the real clock: whoever renews it freezes, and within 35
 * seconds the box is gone.
 */
class FrozenIT {
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration AND_FIVE_SECONDS = LEASE.plusSeconds(5);

  /** A ticket tells whole seconds, and counts from up to one too late. */
  private static final Duration SHORTEST = LEASE.minusSeconds(1);

  private final Lab lab = Lab.shared();

  @Test
  void isOverWhenTheGatewayFreezes() {
    try (TestBox box = lab.newWorkspace().open();
        TestView terminal = box.terminal()) {
      long renewed = renew(box, box.ticket(TicketAction.RENEW));
      Remains remains = Remains.of(box);
      assertThat(terminal.run("echo works")).isEqualTo("works\n");

      assertThat(box.awaitExit(AND_FIVE_SECONDS)).isEqualTo(ExitReason.LEASE);

      assertThat(since(renewed)).isBetween(SHORTEST, AND_FIVE_SECONDS);
      remains.assertNone();
    }
  }

  /** The gateway shows what it has got, again and again; views go on asking for more. */
  @Test
  void isOverWhenSessionServiceFreezesAndItsLastTicketIsShownAgain() {
    try (TestBox box = lab.newWorkspace().open();
        TestView terminal = box.terminal()) {
      String last = box.ticket(TicketAction.RENEW);
      long renewed = renew(box, last);
      Remains remains = Remains.of(box);

      assertThat(box.control().result(new ControlFrame.Renew(last)))
          .extracting("text")
          .isEqualTo("the ticket was refused: replayed");

      Eventually.within(AND_FIVE_SECONDS)
          .until(
              "it has ended",
              () -> {
                box.control().trySend(new ControlFrame.Renew(last));
                terminal.tryType(" ");
                return lab.client().hasExited(box.box().sandbox());
              });

      assertThat(box.awaitExit()).isEqualTo(ExitReason.LEASE);
      assertThat(since(renewed)).isBetween(SHORTEST, AND_FIVE_SECONDS);
      remains.assertNone();
    }
  }

  private static long renew(TestBox box, String ticket) {
    long now = System.nanoTime();
    assertThat(box.control().result(new ControlFrame.Renew(ticket)))
        .isInstanceOf(ControlAnswer.Renewed.class);
    return now;
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
