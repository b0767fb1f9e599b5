// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.gateway.stage.AgentStandIn;
import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.gateway.stage.TestBrowser;
import dev.cofferdam.gateway.stage.Tunnel;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.terminal.protocol.AgentFrame;
import dev.cofferdam.terminal.protocol.ClientFrame;
import dev.cofferdam.terminal.protocol.CloseCode;
import dev.cofferdam.testkit.Eventually;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A lid is closed, a Wi-Fi is lost: no end of the connection ever comes. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
class SilentLineIT {
  private static final Duration SOON = Duration.ofSeconds(10);

  Stage stage;
  @Inject Vertx vertx;
  @Inject OpenViews views;

  private TestBrowser owner;
  private String session;
  private AgentStandIn agent;
  private Tunnel tunnel;
  private TestView far;
  private AgentStandIn.Line farSide;

  @BeforeEach
  void open() {
    owner = stage.newBrowser();
    String workspace = stage.workspaceOf(owner.user());
    session = owner.open(workspace);
    agent = stage.host().agentOf(WorkspaceId.parse(workspace));
    tunnel = Tunnel.to(stage.port());
    far = attached(TestView.openAt(vertx, tunnel.port(), owner, owner.ticket(session, 1)));
    farSide = agent.views().getLast();
  }

  @AfterEach
  void close() {
    tunnel.close();
  }

  private TestView near() {
    return TestView.open(vertx, owner, owner.ticket(session, 1));
  }

  private static TestView attached(TestView view) {
    view.attach();
    Eventually.within(SOON)
        .until(
            "attached",
            () -> view.frames().stream().anyMatch(AgentFrame.Attached.class::isInstance));
    return view;
  }

  private static void assertEchoes(TestView view) {
    String marker = UUID.randomUUID().toString();
    view.send(new ClientFrame.Input(marker.getBytes(UTF_8)));
    Eventually.within(SOON)
        .until("an echo", () -> new String(view.output(), UTF_8).contains(marker));
  }

  @Test
  void aViewOfWhichNothingIsHeardEndsAndOneThatMerelySaysNothingDoesNot() {
    TestView quiet = attached(near());
    int before = views.size();
    tunnel.cut();
    Eventually.within(SOON).until("its agent's side ends", farSide::isEnded);
    Eventually.within(SOON).until("its place is free", () -> views.size() < before);
    assertThat(quiet.isClosed()).as("answers pings, as every browser does").isFalse();
    assertEchoes(quiet);
    quiet.close();
  }

  @Test
  void aViewInWhichOutputPilesUpGivesItsPlaceBackToo() {
    int before = views.size();
    tunnel.cut();
    assertThatThrownBy(this::sayMoreThanAnybodyTakes).isInstanceOf(IOException.class);
    Eventually.within(SOON).until("its place is free", () -> views.size() < before);
  }

  @Test
  void givesWayToOneThatFindsNoPlaceAndComesBackThen() throws IOException {
    int before = views.size();
    tunnel.cut();
    Eventually.within(SOON)
        .passes(
            () -> {
              TestView late = attached(near());
              sayFull(agent.views().getLast());
              Eventually.within(SOON).until("closed", late::isClosed);
              assertThat(late.closeCode()).isEqualTo(CloseCode.TOO_SLOW.code());
            });
    assertThat(views.size()).isLessThanOrEqualTo(before);
    Eventually.within(SOON).until("the silent one's side ends", farSide::isEnded);
  }

  @Test
  void nobodyGivesWayWhoseLineIsGood() throws IOException {
    TestView late = attached(near());
    sayFull(agent.views().getLast());
    Eventually.within(SOON).until("closed", late::isClosed);
    assertThat(late.closeCode()).isEqualTo(CloseCode.TOO_MANY_VIEWS.code());
    assertEchoes(far);
  }

  private void sayMoreThanAnybodyTakes() throws IOException {
    byte[] bytes = new byte[60_000];
    while (true) {
      farSide.output(bytes);
    }
  }

  private static void sayFull(AgentStandIn.Line side) throws IOException {
    CloseCode full = CloseCode.TOO_MANY_VIEWS;
    side.send(new AgentFrame.Closed(full.code(), full.reason()));
  }
}
