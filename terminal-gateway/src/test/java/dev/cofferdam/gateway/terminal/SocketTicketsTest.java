// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.gateway.session.OpenSession;
import dev.cofferdam.gateway.session.SessionEnded;
import dev.cofferdam.gateway.signin.Browser;
import dev.cofferdam.gateway.signin.BrowserEnded;
import dev.cofferdam.gateway.signin.BrowserKey;
import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.terminal.protocol.CloseCode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SocketTicketsTest {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final SocketTickets tickets = new SocketTickets(() -> now);
  private final OpenSession session =
      new OpenSession(
          SessionId.random(),
          WorkspaceId.random(),
          UserId.random(),
          SandboxId.random(),
          Optional.empty(),
          "/x",
          "2026-01-01T00:00:00Z");
  private final Browser browser = browser("a".repeat(64));

  private static Browser browser(String hash) {
    return new Browser(
        new BrowserKey(hash),
        UUID.randomUUID(),
        UserId.random(),
        "owner",
        Role.OWNER,
        Optional.empty(),
        Instant.parse("2026-01-01T12:00:00Z"));
  }

  private String issue() {
    return tickets.issue(browser, session, 3, "agent-ticket").ticket();
  }

  @Test
  void areGoodOnce() {
    String ticket = issue();
    assertThat(tickets.spend(ticket))
        .hasValueSatisfying(g -> assertThat(g.terminal()).isEqualTo(3));
    assertThat(tickets.spend(ticket)).isEmpty();
  }

  @Test
  void areGoodForHalfAMinute() {
    String early = issue();
    String late = issue();
    now = now.plus(SocketTickets.LIFE).minusMillis(1);
    assertThat(tickets.spend(early)).isPresent();
    now = now.plusMillis(1);
    assertThat(tickets.spend(late)).isEmpty();
  }

  @Test
  void have256Bits() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      assertThat(seen.add(issue())).isTrue();
    }
    assertThat(seen).allMatch(ticket -> ticket.matches("[A-Za-z0-9_-]{43}"));
  }

  @Test
  void areNoMoreThanTheirBoundUntilSomeExpire() {
    for (int i = 0; i < SocketTickets.MOST; i++) {
      issue();
    }
    assertThatThrownBy(this::issue).isInstanceOf(ProblemException.class);
    now = now.plus(Duration.ofSeconds(31));
    assertThat(tickets.spend(issue())).isPresent();
  }

  @Test
  void goWithTheBrowserAndTheSession() {
    String ofBrowser = issue();
    tickets.forget(new BrowserEnded.Shown(browser("b".repeat(64)).key()));
    assertThat(tickets.spend(ofBrowser)).isPresent();
    String again = issue();
    tickets.forget(new BrowserEnded.Shown(browser.key()));
    assertThat(tickets.spend(again)).isEmpty();
    String ofSignIn = issue();
    tickets.forget(new BrowserEnded.SignIn(UUID.randomUUID()));
    tickets.forget(new BrowserEnded.Everywhere(UserId.random()));
    assertThat(tickets.spend(ofSignIn)).isPresent();
    String endedElsewhere = issue();
    tickets.forget(new BrowserEnded.SignIn(browser.signIn()));
    assertThat(tickets.spend(endedElsewhere)).isEmpty();
    String ofPerson = issue();
    tickets.forget(new BrowserEnded.Everywhere(browser.user()));
    assertThat(tickets.spend(ofPerson)).isEmpty();
    String ofSession = issue();
    tickets.forget(new SessionEnded(session.id(), CloseCode.NOT_ALLOWED));
    assertThat(tickets.spend(ofSession)).isEmpty();
  }

  @Test
  void areNotPrinted() {
    SocketTickets.Issued issued = tickets.issue(browser, session, 3, "agent-ticket");
    assertThat(issued.toString()).doesNotContain(issued.ticket());
    assertThat(tickets.spend(issued.ticket()).orElseThrow().toString())
        .doesNotContain("agent-ticket");
  }
}
