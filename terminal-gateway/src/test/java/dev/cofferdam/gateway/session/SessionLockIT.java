// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.gateway.stage.AgentStandIn;
import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.gateway.stage.TestBrowser;
import dev.cofferdam.identity.Role;
import dev.cofferdam.terminal.protocol.ControlFrame;
import dev.cofferdam.testkit.Eventually;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Locking: whoever is away, the box goes. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
class SessionLockIT extends OwnersSession {
  @Test
  void locksThroughTheAgentAndSaysSoOnceTheBoxIsGone() {
    String session = owner.open(workspace);
    AgentStandIn agent = stage.host().agentOf(workspaceId);
    HttpResponse<String> answer = lock(session);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(TestBrowser.json(answer.body()).path("state").asText()).isEqualTo("LOCKED");
    assertThat(TestBrowser.json(answer.body()).path("reason").asText()).isEqualTo("user");
    assertThat(stage.host().hasBoxOf(workspaceId)).isFalse();
    assertThat(agent.orders()).contains(new ControlFrame.Lock("lock-ticket"));
    assertThat(stage.reasonOf(session)).isEqualTo("user");
    assertThat(lock(session).statusCode()).as("locked already").isEqualTo(200);
  }

  @Test
  void killsTheBoxOfAnAgentThatDoesNotAnswer() {
    String session = owner.open(workspace);
    stage.host().agentOf(workspaceId).setSilent(true);
    Instant start = Instant.now();
    assertThat(lock(session).statusCode()).isEqualTo(200);
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(3));
    assertThat(stage.host().hasBoxOf(workspaceId)).isFalse();
  }

  @Test
  void locksWhileSessionServiceIsAwayAndReportsItLater() {
    String session = owner.open(workspace);
    stage.sessions().setDown(true);
    HttpResponse<String> answer = lock(session);
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode locked = TestBrowser.json(answer.body());
    assertThat(locked.path("state").asText()).isEqualTo("LOCKED");
    assertThat(locked.path("id").asText()).isEqualTo(session);
    assertThat(locked.path("workspaceId").asText()).isEqualTo(workspace);
    assertThat(stage.host().hasBoxOf(workspaceId)).isFalse();
    stage.sessions().setDown(false);
    Eventually.within(SOON).until("it is reported", () -> stage.stateOf(session).equals("LOCKED"));
    assertThat(stage.reasonOf(session)).isEqualTo("user");
    assertOwnerNamed("/internal/sessions/" + session + "/locked");
  }

  /** As if it had been heard when they asked. */
  private void assertOwnerNamed(String path) {
    assertThat(stage.sessions().callsTo(path))
        .isNotEmpty()
        .allSatisfy(
            call -> {
              assertThat(call.body().path("by").asText()).isEqualTo(owner.user());
              assertThat(call.body().path("credential").asText()).isEqualTo("SHA256:of-a-test");
              assertThat(call.client()).isEqualTo("127.0.0.1");
            });
  }

  @Test
  void locksWithinFiveSecondsWhileSessionServiceHangs() {
    String session = owner.open(workspace);
    stage.sessions().setHanging(true);
    Instant start = Instant.now();
    assertThat(lock(session).statusCode()).isEqualTo(200);
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
    assertThat(stage.host().hasBoxOf(workspaceId)).isFalse();
  }

  @Test
  void locksWhileAuthServiceIsAwayToo() {
    String session = owner.open(workspace);
    stage.auth().setDown(true);
    stage.sessions().setDown(true);
    assertThat(lock(session).statusCode()).isEqualTo(200);
    assertThat(stage.host().hasBoxOf(workspaceId)).isFalse();
  }

  @Test
  void locksOnesOwnSessionsOnly() {
    String session = owner.open(workspace);
    TestBrowser stranger = stage.browserOf(Role.MEMBER);
    for (String id : List.of(session, UUID.randomUUID().toString(), "x")) {
      HttpResponse<String> answer = stranger.post("/api/sessions/" + id + "/lock", "{}");
      assertThat(answer.statusCode()).as(id).isEqualTo(404);
    }
    assertThat(stage.host().hasBoxOf(workspaceId)).isTrue();
  }

  @Test
  void locksWhatIsJustBeingOpened() throws Exception {
    stage.host().prepare(agent -> agent.setSilent(true));
    CompletableFuture<List<JsonNode>> opening =
        CompletableFuture.supplyAsync(() -> owner.unlock(workspace));
    Eventually.within(SOON)
        .until("a session", () -> owner.get("/api/sessions").body().contains("OPENING"));
    String session = TestBrowser.json(owner.get("/api/sessions").body()).get(0).path("id").asText();
    HttpResponse<String> answer = lock(session);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(TestBrowser.json(answer.body()).path("state").asText()).isEqualTo("LOCKED");
    assertThat(stage.host().hasBoxOf(workspaceId)).isFalse();
    assertThat(problem(opening.get(10, TimeUnit.SECONDS))).isEqualTo("locked-meanwhile");
    assertThat(stage.stateOf(session)).isEqualTo("LOCKED");
    // Why it is locked is told by who did it alone: the opening that failed for it says nothing.
    assertThat(stage.sessions().callsTo("/internal/sessions/" + session + "/failed")).isEmpty();
  }

  @Test
  void goesOnLockingOnceTheHostIsBack() {
    String session = owner.open(workspace);
    stage.sessions().setDown(true);
    stage.host().stop();
    assertThat(lock(session).statusCode()).isEqualTo(503);
    assertThat(stage.host().hasBoxOf(workspaceId)).isTrue();
    stage.sessions().setDown(false);
    stage.host().startAgain();
    Eventually.within(SOON).until("no box", () -> !stage.host().hasBoxOf(workspaceId));
    Eventually.within(SOON).until("reported", () -> stage.stateOf(session).equals("LOCKED"));
    assertOwnerNamed("/internal/sessions/" + session + "/lock(ed)?");
  }
}
