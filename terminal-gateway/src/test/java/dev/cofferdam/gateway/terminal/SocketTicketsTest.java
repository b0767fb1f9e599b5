// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.decisions.Scope;
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
import dev.cofferdam.terminal.protocol.CloseCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SocketTicketsTest {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final TicketSeal seal = new TicketSeal(Optional.empty());
  private final SocketTickets tickets = new SocketTickets(() -> now, seal);

  /** Of the same start. */
  private final SocketTickets atAnotherGateway = new SocketTickets(() -> now, seal);

  @BeforeEach
  void someTimeAfterBothGatewaysHaveStarted() {
    now = now.plusSeconds(60);
  }

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

  private Browser program(Set<Scope> scopes) {
    return new Browser(
        browser.key(),
        browser.signIn(),
        browser.user(),
        "robot",
        Role.MEMBER,
        Optional.of(scopes),
        browser.expiresAt());
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
  void areGoodAtAnyGatewayOfTheSameStart() {
    SocketTickets.Grant grant = atAnotherGateway.spend(issue()).orElseThrow();
    assertThat(grant.browser()).isEqualTo(browser);
    assertThat(grant.session()).isEqualTo(session);
    assertThat(grant.terminal()).isEqualTo(3);
    assertThat(grant.agentTicket()).isEqualTo("agent-ticket");
    assertThat(grant.expiresAt()).isEqualTo(now.plus(SocketTickets.LIFE));
  }

  @Test
  void ofAProgramSayWhatItIsFor() {
    Browser program = program(Set.of(Scope.parse("terminal.use")));
    String ticket = tickets.issue(program, session, 1, "agent-ticket").ticket();
    assertThat(atAnotherGateway.spend(ticket).orElseThrow().browser()).isEqualTo(program);
  }

  @Test
  void fromBeforeAGatewayHasStartedAreNothingThere() {
    String ticket = issue();
    now = now.plusSeconds(1);
    SocketTickets justStarted = new SocketTickets(() -> now, seal);
    assertThat(justStarted.spend(ticket)).isEmpty();
    assertThat(atAnotherGateway.spend(ticket)).isPresent();
  }

  @Test
  void areNotGoodAgainBecauseTooManyEndsCameBehindTheirs() {
    String ticket = issue();
    now = now.plusSeconds(1);
    tickets.forget(new BrowserEnded.Shown(browser.key()));
    for (int i = 0; i < EndedGrants.MOST; i++) {
      tickets.forget(new BrowserEnded.SignIn(UUID.randomUUID(), "signed-out"));
    }
    assertThat(tickets.spend(ticket)).isEmpty();
  }

  @Test
  void ofAProgramWithManyScopesCarryThoseForTheirTerminalOnly() {
    Set<Scope> scopes =
        Stream.concat(
                IntStream.range(0, 63)
                    .mapToObj(i -> Scope.parse("terminal.use:" + WorkspaceId.random())),
                Stream.of(Scope.parse("terminal.use:" + session.workspace())))
            .collect(Collectors.toSet());
    Browser program = program(scopes);
    String ticket = tickets.issue(program, session, 1, "a".repeat(600)).ticket();
    assertThat(ticket.length()).isLessThan(3000);
    assertThat(atAnotherGateway.spend(ticket).orElseThrow().browser().scopes())
        .contains(Set.of(Scope.parse("terminal.use:" + session.workspace())));
  }

  @Test
  void ofAnotherStartAreNothing() {
    SocketTickets others = new SocketTickets(() -> now, new TicketSeal(Optional.empty()));
    assertThat(others.spend(issue())).isEmpty();
  }

  @Test
  void thatAreChangedAnywhereAreNothing() {
    byte[] bytes = Base64.getUrlDecoder().decode(issue());
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= 1;
      assertThat(tickets.spend(Base64.getUrlEncoder().encodeToString(bytes))).isEmpty();
      bytes[i] ^= 1;
    }
    assertThat(tickets.spend("")).isEmpty();
    assertThat(tickets.spend("x".repeat(43))).isEmpty();
    assertThat(tickets.spend("ü")).isEmpty();
  }

  @Test
  void fitIntoARequestLine() {
    String longest = "a".repeat(600);
    assertThat(tickets.issue(browser, session, 3, longest).ticket())
        .matches("[A-Za-z0-9_-]{1,3500}");
  }

  @Test
  void tellNothingToWhoeverSeesThem() {
    String ticket = issue();
    String inside = new String(Base64.getUrlDecoder().decode(ticket), StandardCharsets.ISO_8859_1);
    assertThat(inside).doesNotContain("agent-ticket", "owner", session.id().toString());
    assertThat(issue()).isNotEqualTo(ticket);
  }

  @Test
  void areTakenNoMoreThanCanBeRemembered() {
    for (int i = 0; i < SpentSocketTickets.MOST_OF_ONE_USER; i++) {
      assertThat(tickets.spend(issue())).isPresent();
    }
    assertThat(tickets.spend(issue())).isEmpty();
    String others = tickets.issue(browser("c".repeat(64)), session, 1, "agent-ticket").ticket();
    assertThat(tickets.spend(others)).as("of somebody else").isPresent();
    now = now.plus(Duration.ofSeconds(31));
    assertThat(tickets.spend(issue())).isPresent();
  }

  @Test
  void areTakenNoMoreThanCanBeRememberedOfAll() {
    SpentSocketTickets spent = new SpentSocketTickets();
    Instant until = now.plus(SocketTickets.LIFE);
    for (int i = 0; i < SpentSocketTickets.MOST; i++) {
      assertThat(spent.spend(UUID.randomUUID(), UserId.random(), until, now)).isTrue();
    }
    assertThat(spent.spend(UUID.randomUUID(), UserId.random(), until, now)).isFalse();
    assertThat(spent.spend(UUID.randomUUID(), UserId.random(), until.plusSeconds(30), until))
        .isTrue();
  }

  private void passes(BrowserEnded ended, boolean isGood) {
    String ticket = issue();
    now = now.plusMillis(1);
    tickets.forget(ended);
    assertThat(tickets.spend(ticket).isPresent()).isEqualTo(isGood);
    now = now.plusMillis(1);
  }

  @Test
  void goWithTheBrowserAndTheSession() {
    passes(new BrowserEnded.Shown(browser("b".repeat(64)).key()), true);
    passes(new BrowserEnded.SignIn(UUID.randomUUID(), "signed-out"), true);
    passes(new BrowserEnded.Everywhere(UserId.random(), "role"), true);
    passes(new BrowserEnded.Shown(browser.key()), false);
    passes(new BrowserEnded.SignIn(browser.signIn(), "signed-out"), false);
    passes(new BrowserEnded.Everywhere(browser.user(), "role"), false);
    String ofSession = issue();
    tickets.forget(new SessionEnded(session.id(), CloseCode.NOT_ALLOWED));
    assertThat(tickets.spend(ofSession)).isEmpty();
  }

  @Test
  void thatAnotherGatewayIssuedBeforeItHeardOfAnEndAreNotGoodEither() {
    atAnotherGateway.forget(new BrowserEnded.Everywhere(browser.user(), "role"));
    now = now.plusMillis(500);
    String inIgnorance = issue();
    assertThat(atAnotherGateway.spend(inIgnorance)).isEmpty();
    now = now.plus(EndedGrants.OTHERS_LAG);
    assertThat(atAnotherGateway.spend(issue())).isPresent();
  }

  @Test
  void areNotPrinted() {
    SocketTickets.Issued issued = tickets.issue(browser, session, 3, "agent-ticket");
    assertThat(issued.toString()).doesNotContain(issued.ticket());
    assertThat(tickets.spend(issued.ticket()).orElseThrow().toString())
        .doesNotContain("agent-ticket");
  }
}
