// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.gateway.stage.AgentStandIn;
import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.gateway.stage.TestBrowser;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.terminal.protocol.ControlAnswer;
import dev.cofferdam.testkit.Eventually;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What agents refuse, whoever asked them, becomes an event. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
class TicketRefusalsIT {
  private static final Duration SOON = Duration.ofSeconds(15);

  Stage stage;
  String session;
  AgentStandIn agent;

  @BeforeEach
  void open() {
    TestBrowser owner = stage.newBrowser();
    String workspace = stage.workspaceOf(owner.user());
    session = owner.open(workspace);
    agent = stage.host().agentOf(WorkspaceId.parse(workspace));
  }

  @Test
  void aTicketThatWasShownToTheAgentItselfIsTold() {
    agent.refuse(new ControlAnswer.Refused("lock", "replayed", 3));
    Eventually.within(SOON).until("told", () -> isTold("ticket-refused", "lock-replayed"));
  }

  @Test
  void aLeaseIsToldAsOneSoThatItAlarms() {
    agent.refuse(new ControlAnswer.Refused("renew", "stale", 1));
    Eventually.within(SOON).until("told", () -> isTold("lease-refused", "stale"));
  }

  @Test
  void whatIsNoWordIsNotToldAndNumbersAreBounded() {
    agent.refuse(new ControlAnswer.Refused("<b>", "x".repeat(99), 4_000_000_000L));
    Eventually.within(SOON).until("told", () -> isTold("ticket-refused", "not-said-not-said"));
    assertThat(told()).noneMatch(line -> line.toString().contains("<b>"));
  }

  /** Of this session; how often, the first time does not know yet. */
  private boolean isTold(String what, String why) {
    return told().stream()
        .filter(line -> line.path("what").asText().equals(what))
        .filter(line -> line.path("why").asText().equals(why))
        .anyMatch(line -> line.path("subject").asText().equals(session));
  }

  private List<JsonNode> told() {
    return stage.auth().callsTo("/internal/refusals").stream()
        .flatMap(call -> call.body().path("refusals").valueStream())
        .toList();
  }
}
