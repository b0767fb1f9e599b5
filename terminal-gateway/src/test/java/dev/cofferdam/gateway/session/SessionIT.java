// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.gateway.stage.AgentStandIn;
import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.gateway.stage.TestBrowser;
import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.sandbox.protocol.ExitReason;
import dev.cofferdam.terminal.protocol.ControlFrame;
import dev.cofferdam.testkit.Eventually;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Opening: each step is told, and what fails leaves nothing. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
class SessionIT extends OwnersSession {
  private static List<String> steps(List<JsonNode> lines) {
    return lines.stream().filter(l -> l.has("step")).map(l -> l.path("step").asText()).toList();
  }

  @Test
  void tellsEachStepAndThenTheSession() {
    List<JsonNode> lines = owner.unlock(workspace);
    assertThat(steps(lines))
        .containsExactly("authorised", "sandbox", "key-released", "mounted", "cell-ready");
    assertThat(lines.stream().filter(l -> l.has("step")).map(l -> l.path("ms").asLong()).toList())
        .isSorted();
    JsonNode session = lines.getLast().path("session");
    assertThat(session.path("state").asText()).isEqualTo("ACTIVE");
    assertThat(session.path("workspaceId").asText()).isEqualTo(workspace);
    assertThat(TestBrowser.json(owner.get("/api/sessions").body()))
        .singleElement()
        .isEqualTo(session);
    assertThat(lines.toString()).doesNotContain("wrapping-token").doesNotContain("open-ticket");
    assertThat(stage.host().agentOf(workspaceId).orders())
        .contains(new ControlFrame.Open("open-ticket", "wrapping-token", Optional.empty()));
  }

  @Test
  void answersForeignAndUnknownWorkspacesAlikeAndStartsNothing() {
    TestBrowser stranger = stage.newBrowser();
    for (String id : List.of(workspace, UUID.randomUUID().toString(), "x")) {
      HttpResponse<String> answer = stranger.post("/api/workspaces/" + id + "/unlock", "{}");
      assertThat(answer.statusCode()).isEqualTo(404);
    }
    assertThat(stage.host().hasBoxOf(workspaceId)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "damaged, workspace-damaged, damaged",
    "wrong-key, wrong-key, wrong-key",
    "token-spent, token-spent, token-spent",
    "vault-unreachable, unavailable, vault-unreachable",
    "vault-sealed, unavailable, vault-sealed",
    "mount-failed, open-failed, mount-failed",
    "cell-failed, cell-failed, cell-failed"
  })
  void tellsWhyItDidNotOpenAndLeavesNothing(String slug, String problem, String reason) {
    stage.host().prepare(agent -> agent.failWith(slug));
    List<JsonNode> lines = owner.unlock(workspace);
    assertThat(steps(lines)).containsExactly("authorised", "sandbox");
    assertThat(problem(lines)).isEqualTo(problem);
    assertThat(lines.getLast().path("problem").path("detail").asText()).isNotEmpty();
    assertThat(stage.host().hasBoxOf(workspaceId)).isFalse();
    String session =
        stage.sessions().callsTo("/internal/sessions/.*/failed").getLast().groups().getFirst();
    assertThat(stage.stateOf(session)).isEqualTo("LOCKED");
    assertThat(stage.reasonOf(session)).isEqualTo(reason);
    stage.host().prepare(agent -> {});
    assertThat(owner.open(workspace)).isNotEmpty();
  }

  @Test
  void passesOnWhyNoSandboxStarts() {
    stage.host().refuseStarts("swap-unencrypted");
    List<JsonNode> lines = owner.unlock(workspace);
    assertThat(steps(lines)).containsExactly("authorised");
    assertThat(problem(lines)).isEqualTo("swap-unencrypted");
  }

  @Test
  void endsTheBoxIfNoSessionIsToBeHad() {
    owner.get("/api/sessions");
    stage.sessions().setDown(true);
    List<JsonNode> lines = owner.unlock(workspace);
    assertThat(problem(lines)).isEqualTo("unavailable");
    assertThat(stage.host().hasBoxOf(workspaceId)).isFalse();
  }

  @Test
  void endsASessionThatWasRecordedBySomebodyWhoDiedBeforeTheAnswer() {
    owner.get("/api/sessions");
    String failed = "/internal/sessions/.*/failed";
    int before = stage.sessions().callsTo(failed).size();
    stage.sessions().beforeAnswering("/sessions", () -> stage.sessions().setDown(true));
    assertThat(problem(owner.unlock(workspace))).isEqualTo("unavailable");
    assertThat(stage.host().hasBoxOf(workspaceId)).isFalse();
    stage.sessions().setDown(false);
    Eventually.within(SOON)
        .until("its end", () -> stage.sessions().callsTo(failed).size() > before);
    String session = stage.sessions().callsTo(failed).getLast().groups().getFirst();
    assertThat(stage.reasonOf(session)).isEqualTo("open-failed");
    assertThat(owner.open(workspace)).isNotEqualTo(session);
  }

  @Test
  void refusesToOpenWhatIsOpen() {
    owner.open(workspace);
    HttpResponse<String> again = owner.post("/api/workspaces/" + workspace + "/unlock", "{}");
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(TestBrowser.slug(again)).isEqualTo("session-already-open");
  }

  @Test
  void endsWithASessionEvenIfTheBrowserGoesAwayHalfWay() throws IOException {
    stage.host().prepare(agent -> agent.setSilent(true));
    HttpResponse<InputStream> answer =
        TestBrowser.send(
            owner
                .request("/api/workspaces/" + workspace + "/unlock")
                .setHeader("Content-Type", "application/json")
                .setHeader("X-Coffer", "1")
                .setHeader("Sec-Fetch-Site", "same-origin")
                .POST(BodyPublishers.ofString("{}")),
            BodyHandlers.ofInputStream());
    assertThat(answer.body().read()).isEqualTo('{');
    Eventually.within(SOON).until("a box", () -> stage.host().hasBoxOf(workspaceId));
    AgentStandIn agent = stage.host().agentOf(workspaceId);
    Eventually.within(SOON).until("an order", () -> !agent.orders().isEmpty());
    answer.body().close();
    agent.goOn();
    Eventually.within(SOON)
        .until("a session", () -> owner.get("/api/sessions").body().contains("ACTIVE"));
    assertThat(stage.host().hasBoxOf(workspaceId)).isTrue();
  }

  @Test
  void opensNothingInABoxThatDiedWhileItsSessionWasReported() {
    stage
        .sessions()
        .beforeAnswering("/internal/sessions/.*/opened", () -> killBoxAndAwaitThatItIsKnown());
    List<JsonNode> lines = owner.unlock(workspace);
    assertThat(problem(lines)).isEqualTo("sandbox-gone");
    String session =
        stage.sessions().callsTo("/internal/sessions/.*/opened").getLast().groups().getFirst();
    assertThat(stage.stateOf(session)).isEqualTo("LOCKED");
    assertThat(owner.open(workspace)).as("opens again").isNotEmpty();
  }

  private void killBoxAndAwaitThatItIsKnown() {
    SandboxId sandbox = stage.host().boxOf(workspaceId).sandbox();
    stage.host().exit(sandbox, ExitReason.KILLED);
    Eventually.within(SOON).until("known", () -> !openSessions.knows(sandbox));
  }

  @Test
  void opensNothingThatWasLockedWhileItOpened() {
    stage
        .sessions()
        .beforeAnswering("/internal/sessions/.*/opened", () -> stage.sessionsStayLocked(workspace));
    List<JsonNode> lines = owner.unlock(workspace);
    assertThat(problem(lines)).isEqualTo("sandbox-gone");
    assertThat(stage.host().hasBoxOf(workspaceId)).isFalse();
  }
}
