// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.sandbox.protocol.Box;
import dev.cofferdam.sandboxhost.lab.AgentClient;
import dev.cofferdam.sandboxhost.lab.Lab;
import dev.cofferdam.sandboxhost.lab.TestBox;
import dev.cofferdam.sandboxhost.lab.TestTickets;
import dev.cofferdam.terminal.protocol.AgentFrame;
import dev.cofferdam.terminal.protocol.ControlAnswer;
import dev.cofferdam.terminal.protocol.ControlFrame;
import dev.cofferdam.testkit.Eventually;
import dev.cofferdam.tickets.Ticket;
import dev.cofferdam.tickets.TicketAction;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody reaches an agent's socket, and has no ticket for what he wants. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TicketIT {
  private final Lab lab = Lab.shared();
  private final TestBox open = lab.newWorkspace().open();
  private final TestBox closed = lab.newWorkspace().start();

  @AfterAll
  void close() {
    open.close();
    closed.close();
  }

  Stream<Map.Entry<String, String>> badTickets() {
    Box box = open.box();
    Box otherSandbox =
        new Box(SandboxId.random(), box.workspace(), box.socket(), box.pid(), box.startedAt());
    Box otherWorkspace =
        new Box(box.sandbox(), WorkspaceId.random(), box.socket(), box.pid(), box.startedAt());
    TestTickets stranger = new TestTickets();
    String replayed = open.ticket(TicketAction.TERMINAL);
    open.control().result(new ControlFrame.ListTerminals(replayed));
    return Stream.of(
        Map.entry("malformed", ""),
        Map.entry("malformed", "a.b"),
        Map.entry("bad_signature", "a.b.c"),
        Map.entry("bad_signature", stranger.sign(box, open.session(), TicketAction.TERMINAL)),
        Map.entry("bad_signature", altered(open.ticket(TicketAction.TERMINAL))),
        Map.entry("other_sandbox", sign(otherSandbox, open.session())),
        Map.entry("other_workspace", sign(otherWorkspace, open.session())),
        Map.entry("other_session", sign(box, SessionId.random())),
        Map.entry("other_action", open.ticket(TicketAction.LOCK)),
        Map.entry("expired", expired()),
        Map.entry("replayed", replayed));
  }

  private String sign(Box box, SessionId session) {
    return lab.tickets().sign(box, session, TicketAction.TERMINAL);
  }

  private String expired() {
    Ticket now =
        TestTickets.ticket(open.box(), open.session(), TicketAction.TERMINAL, TestTickets.TERMS);
    Instant before = Instant.now().minusSeconds(40);
    return lab.tickets()
        .sign(
            new Ticket(
                now.id(),
                now.action(),
                now.sandbox(),
                now.session(),
                now.workspace(),
                now.user(),
                before,
                before.plusSeconds(30),
                now.terms()));
  }

  private static String altered(String ticket) {
    int at = ticket.indexOf('.') + 20;
    char other = ticket.charAt(at) == 'A' ? 'B' : 'A';
    return ticket.substring(0, at) + other + ticket.substring(at + 1);
  }

  @ParameterizedTest
  @MethodSource("badTickets")
  void refusesAndRecords(Map.Entry<String, String> bad) {
    ControlAnswer answer =
        open.control().result(new ControlFrame.CreateTerminal(bad.getValue(), 80, 24));

    assertThat(answer)
        .isEqualTo(
            new ControlAnswer.Failed("ticket-refused", "the ticket was refused: " + bad.getKey()));
    awaitRecord(open, bad.getKey());
  }

  @Test
  void refusesAViewWithoutATicket() {
    try (AgentClient view = AgentClient.connect(Path.of(open.box().socket()))) {
      view.send(new ControlFrame.Enter("a.b.c", 1));

      assertThat(view.next())
          .isInstanceOf(AgentFrame.Closed.class)
          .extracting("code")
          .isEqualTo(4401);
      view.awaitEnd();
    }
  }

  /** Nobody reads an agent's log: whoever renews its lease hears of it. */
  @Test
  void tellsWhoeverRenewsItsLeaseWhatItHasRefused() {
    try (TestBox box = lab.newWorkspace().open();
        AgentClient stranger = AgentClient.connect(Path.of(box.box().socket()))) {
      String terminal = box.ticket(TicketAction.TERMINAL);
      String renewal = box.ticket(TicketAction.RENEW);
      box.control().result(new ControlFrame.ListTerminals(terminal));
      box.control().result(new ControlFrame.Renew(renewal));
      stranger.result(new ControlFrame.ListTerminals(terminal));
      stranger.result(new ControlFrame.CreateTerminal(terminal, 80, 24));
      stranger.result(new ControlFrame.Renew(renewal));
      stranger.result(new ControlFrame.Lock("a.b.c"));
      stranger.send(new ControlFrame.Enter(terminal, 1));
      stranger.awaitEnd();

      assertThat(box.control().order(new ControlFrame.Renew(box.ticket(TicketAction.RENEW))))
          .filteredOn(ControlAnswer.Refused.class::isInstance)
          .containsExactly(
              new ControlAnswer.Refused("renew", "replayed", 1),
              new ControlAnswer.Refused("lock", "bad-signature", 1),
              new ControlAnswer.Refused("terminal", "replayed", 3));
      assertThat(box.control().order(new ControlFrame.Renew(box.ticket(TicketAction.RENEW))))
          .as("once")
          .hasSize(1);
    }
  }

  @Test
  void doesNothingForASessionBeforeItWasOpened() {
    for (ControlFrame order :
        new ControlFrame[] {
          new ControlFrame.Renew(closed.ticket(TicketAction.RENEW)),
          new ControlFrame.CreateTerminal(closed.ticket(TicketAction.TERMINAL), 80, 24),
          new ControlFrame.ListTerminals(closed.ticket(TicketAction.TERMINAL))
        }) {
      assertThat(closed.control().result(order))
          .isInstanceOf(ControlAnswer.Failed.class)
          .extracting("slug")
          .isEqualTo("ticket-refused");
    }
  }

  @Test
  void opensOnce() {
    ControlAnswer again =
        open.control()
            .result(
                new ControlFrame.Open(
                    open.ticket(TicketAction.OPEN), open.workspace().wrap(), Optional.empty()));

    assertThat(again).extracting("slug").isEqualTo("ticket-refused");
    assertThat(
            open.control()
                .result(new ControlFrame.ListTerminals(open.ticket(TicketAction.TERMINAL))))
        .isInstanceOf(ControlAnswer.Terminals.class);
  }

  private void awaitRecord(TestBox box, String reason) {
    String sandbox = "\"sandboxId\":\"" + box.box().sandbox() + "\"";
    String what = "{\"security\":\"ticket-refused\",\"reason\":\"" + reason + "\"";
    Eventually.within(Duration.ofSeconds(5))
        .until(
            "a record of " + reason,
            () ->
                lab.host().log().stream()
                    .anyMatch(line -> line.startsWith(what) && line.contains(sandbox)));
  }
}
