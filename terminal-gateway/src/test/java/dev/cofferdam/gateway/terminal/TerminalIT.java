// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.gateway.stage.TestBrowser;
import dev.cofferdam.terminal.protocol.AgentFrame;
import dev.cofferdam.terminal.protocol.ControlFrame;
import dev.cofferdam.testkit.Eventually;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Terminals of an open session. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
class TerminalIT extends OpenTerminal {
  @Test
  void hearsFromTheSandboxThatItLocksSoon() {
    TestView view = attached();
    saysUntil("WARNED", new AgentFrame.Status(60, 60));
    saysUntil("ACTIVE", new AgentFrame.Status(600, 60));
    Eventually.within(SOON)
        .until(
            "passed on",
            () -> view.frames().stream().filter(AgentFrame.Status.class::isInstance).count() >= 2);
  }

  /** As an agent does: again and again, because a word that could not be passed on waits for it. */
  private void saysUntil(String state, AgentFrame.Status status) {
    Eventually.within(SOON)
        .passes(
            () -> {
              agentSide().send(status);
              assertThat(stage.stateOf(session)).isEqualTo(state);
            });
  }

  @Test
  void takesAPongThatNobodyAskedFor() {
    TestView view = attached();
    view.sendPong();
    assertEchoes(view);
  }

  @Test
  void listsMakesAndEndsTerminals() {
    String terminals = "/api/sessions/" + session + "/terminals";
    HttpResponse<String> made = owner.post(terminals, "{\"cols\":100,\"rows\":30}");
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(TestBrowser.json(made.body()).path("id").asInt()).isPositive();
    assertThat(agent.orders())
        .contains(new ControlFrame.CreateTerminal("terminal-ticket", 100, 30));
    assertThat(owner.post(terminals, "{}").statusCode()).isEqualTo(201);
    JsonNode listed = TestBrowser.json(owner.get(terminals).body());
    assertThat(listed.toString())
        .isEqualTo("[{\"id\":1,\"title\":\"sh\",\"cols\":80,\"rows\":24,\"running\":true}]");
    assertThat(owner.delete(terminals + "/1", "{}").statusCode()).isEqualTo(204);
    assertThat(owner.delete(terminals + "/101", "{}").statusCode()).isEqualTo(404);
    assertThat(owner.delete(terminals + "/x", "{}").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"cols\":0,\"rows\":24}",
        "{\"cols\":1001,\"rows\":24}",
        "{\"cols\":80,\"rows\":501}",
        "{\"cols\":80,\"rows\":-1}",
        "{\"cols\":\"80\",\"rows\":24}",
        "{\"cols\":80.5,\"rows\":24}"
      })
  void refusesSizesThatNoTerminalHas(String size) {
    HttpResponse<String> answer = owner.post("/api/sessions/" + session + "/terminals", size);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(TestBrowser.slug(answer)).isEqualTo("invalid-field");
  }

  @Test
  void answersForeignSessionsLikeUnknownOnes() {
    TestBrowser stranger = stage.newBrowser();
    for (String id : List.of(session, UUID.randomUUID().toString(), "x")) {
      String terminals = "/api/sessions/" + id + "/terminals";
      assertThat(stranger.get(terminals).statusCode()).isEqualTo(404);
      assertThat(stranger.post(terminals, "{}").statusCode()).isEqualTo(404);
      assertThat(stranger.post(terminals + "/1/tickets", "{}").statusCode()).isEqualTo(404);
      assertThat(stranger.delete(terminals + "/1", "{}").statusCode()).isEqualTo(404);
    }
  }
}
