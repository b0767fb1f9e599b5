// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.gateway.sandbox.AgentDoor;
import dev.cofferdam.gateway.stage.AgentStandIn;
import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.gateway.stage.TestBrowser;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.terminal.protocol.ControlFrame;
import dev.cofferdam.testkit.Eventually;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A lease that an agent does not take is somebody's doing, or a clock's: it is told of. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
class LeaseRefusalIT {
  private static final Duration SOON = Duration.ofSeconds(10);

  /** What session-service's stand-in signs each time. */
  private static final String TICKET = "renew-ticket";

  Stage stage;
  @Inject OpenSessions openSessions;

  private AgentStandIn agent;
  private String session;

  @BeforeEach
  void open() {
    TestBrowser owner = stage.newBrowser();
    String workspace = stage.workspaceOf(owner.user());
    session = owner.open(workspace);
    agent = stage.host().agentOf(WorkspaceId.parse(workspace));
  }

  private Optional<JsonNode> told() {
    return stage.auth().callsTo("/internal/refusals").stream()
        .flatMap(call -> call.body().path("refusals").valueStream())
        .filter(line -> line.path("what").asText().equals("lease-refused"))
        .filter(line -> line.path("subject").asText().equals(session))
        .findFirst();
  }

  /** Before the gateway comes with it, or after it. */
  private void renewAtItsDoor() throws IOException {
    OpenSession box = openSessions.find(SessionId.parse(session)).orElseThrow();
    AgentDoor.order(box.socket(), new ControlFrame.Renew(TICKET), SOON);
  }

  @Test
  void aTicketThatSomebodyElseBroughtFirstIsTold() throws IOException {
    agent.takeLeasesOnce();
    renewAtItsDoor();
    Eventually.within(SOON).until("it is told", () -> told().isPresent());
    assertThat(told().orElseThrow().path("why").asText()).isEqualTo("replayed");
  }

  @Test
  void leasesThatAreTakenAreNotTold() {
    Eventually.within(SOON)
        .until(
            "leases are renewed",
            () -> agent.orders().stream().filter(ControlFrame.Renew.class::isInstance).count() > 1);
    assertThat(told()).isEmpty();
  }
}
