// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.session;

import static dev.cofferdam.session.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.session.Gateway;
import dev.cofferdam.session.GrantDesk;
import dev.cofferdam.session.Person;
import dev.cofferdam.session.SessionServers;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TokenIssuer;
import dev.cofferdam.tickets.Ticket;
import dev.cofferdam.tickets.TicketAction;
import dev.cofferdam.tickets.TicketDecision;
import dev.cofferdam.tickets.TicketKeys;
import dev.cofferdam.tickets.TicketVerifier;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a sandbox makes of the tickets, with the key that sandbox-host is given. */
@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class TicketIT {
  private final SandboxId sandbox = SandboxId.random();

  Servers servers;
  TokenIssuer issuer;
  GrantDesk desk;
  Person owner;
  Gateway gateway;
  String workspace;
  TicketVerifier agent;

  @BeforeEach
  void meet() {
    owner = new Person(issuer);
    gateway = new Gateway(servers);
    workspace = desk.workspaceOf(owner.id());
    agent = verifier(sandbox);
  }

  private TicketVerifier verifier(SandboxId of) {
    byte[] key = Base64.getDecoder().decode(servers.vault().ticketPublicKey());
    return new TicketVerifier(
        TicketKeys.publicKey(key),
        of,
        WorkspaceId.parse(workspace),
        InstantSource.system(),
        System::nanoTime);
  }

  @Test
  void aSandboxCarriesOutItsTickets() {
    Response opened = owner.open(workspace, sandbox.toString());
    String session = opened.path("sessionId");
    Ticket open = admitted(opened.path("openTicket"), TicketAction.OPEN);
    assertThat(open.session()).hasToString(session);
    assertThat(open.user()).hasToString(owner.id().toString());
    assertThat(open.terms().orElseThrow().lease()).isEqualTo(Duration.ofSeconds(30));
    assertThat(open.terms().orElseThrow().idle()).isEqualTo(Duration.ofMinutes(10));
    assertThat(open.terms().orElseThrow().firstOpen()).isTrue();
    gateway.opened(session);
    admitted(owner.terminalTicket(session).path("ticket"), TicketAction.TERMINAL);
    Response renewal = gateway.renew(session, sandbox.toString());
    admitted(renewal.path("sessions[0].renewTicket"), TicketAction.RENEW);
    admitted(owner.lock(session).path("lockTicket"), TicketAction.LOCK);
  }

  @Test
  void anotherSandboxDoesNot() {
    String ticket = owner.open(workspace, sandbox.toString()).path("openTicket");
    assertThat(verifier(SandboxId.random()).decide(ticket, TicketAction.OPEN))
        .isEqualTo(new TicketDecision.Refuse(TicketDecision.Refusal.OTHER_SANDBOX));
  }

  @Test
  void aTicketIsForOneAction() {
    String ticket = owner.open(workspace, sandbox.toString()).path("openTicket");
    assertThat(agent.decide(ticket, TicketAction.LOCK))
        .isEqualTo(new TicketDecision.Refuse(TicketDecision.Refusal.OTHER_ACTION));
  }

  @Test
  void terminalsAreForOpenSessionsAlone() {
    String session = owner.open(workspace, sandbox.toString()).path("sessionId");
    refused(owner.terminalTicket(session), 409, "not-open");
    gateway.opened(session);
    assertThat(owner.terminalTicket(session).statusCode()).isEqualTo(200);
    owner.lock(session);
    refused(owner.terminalTicket(session), 409, "not-open");
    gateway.locked(session, "user");
    refused(owner.terminalTicket(session), 409, "not-open");
  }

  @Test
  void lockingMayBeRepeatedWithAFreshTicket() {
    String session = owner.open(workspace, sandbox.toString()).path("sessionId");
    gateway.opened(session);
    String first = owner.lock(session).path("lockTicket");
    String second = owner.lock(session).path("lockTicket");
    assertThat(first).isNotEqualTo(second);
  }

  private Ticket admitted(String ticket, TicketAction action) {
    TicketDecision decision = agent.decide(ticket, action);
    assertThat(decision).isInstanceOf(TicketDecision.Admit.class);
    return ((TicketDecision.Admit) decision).ticket();
  }
}
