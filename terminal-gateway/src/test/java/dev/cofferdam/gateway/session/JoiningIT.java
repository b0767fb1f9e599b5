// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Scope;
import dev.cofferdam.gateway.stage.AgentStandIn;
import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.gateway.stage.TestBrowser;
import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.sandbox.protocol.ExitReason;
import dev.cofferdam.testkit.Eventually;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** An unlock while another of the same account is under way: it waits for that. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
class JoiningIT extends OwnersSession {
  private CompletableFuture<List<JsonNode>> unlocking() {
    return CompletableFuture.supplyAsync(() -> owner.unlock(workspace));
  }

  /** One that goes on when its agent does. */
  private CompletableFuture<List<JsonNode>> stoppedHalfWay() {
    stage.host().prepare(agent -> agent.setSilent(true));
    CompletableFuture<List<JsonNode>> first = unlocking();
    Eventually.within(SOON).until("a box", () -> stage.host().hasBoxOf(workspaceId));
    AgentStandIn agent = agent();
    Eventually.within(SOON).until("an order", () -> !agent.orders().isEmpty());
    stage.host().prepare(any -> {});
    return first;
  }

  /** Another one, which waits by then. */
  private CompletableFuture<List<JsonNode>> joining() {
    long before = looks();
    CompletableFuture<List<JsonNode>> second = unlocking();
    Eventually.within(SOON).until("a look at sessions", () -> looks() > before + 1);
    return second;
  }

  private long looks() {
    return stage.sessions().callsTo("/sessions").stream()
        .filter(call -> call.method().equals("GET"))
        .count();
  }

  private long askedFor() {
    return stage.sessions().callsTo("/sessions").stream()
        .filter(call -> call.method().equals("POST"))
        .filter(call -> call.body().path("workspaceId").asText().equals(workspace))
        .count();
  }

  private AgentStandIn agent() {
    return stage.host().agentOf(workspaceId);
  }

  private static List<JsonNode> lines(CompletableFuture<List<JsonNode>> unlock)
      throws ExecutionException, InterruptedException, TimeoutException {
    return unlock.get(SOON.toSeconds(), TimeUnit.SECONDS);
  }

  private static List<String> steps(List<JsonNode> lines) {
    return lines.stream().filter(l -> l.has("step")).map(l -> l.path("step").asText()).toList();
  }

  private static String session(List<JsonNode> lines) {
    return lines.getLast().path("session").path("id").asText();
  }

  @Test
  void takesTheSessionOfTheOneThatWasFirst() throws Exception {
    CompletableFuture<List<JsonNode>> first = stoppedHalfWay();
    CompletableFuture<List<JsonNode>> second = joining();
    agent().goOn();
    String session = session(lines(first));
    assertThat(session).isNotEmpty();
    assertThat(session(lines(second))).isEqualTo(session);
    assertThat(steps(lines(second))).containsExactly("authorised", "joined");
    assertThat(lines(second).getLast().path("session").path("state").asText()).isEqualTo("ACTIVE");
    assertThat(askedFor()).isEqualTo(1);
    assertThat(owner.ticket(session, 1)).as("its terminals can be used at once").isNotEmpty();
  }

  @Test
  void isToldWhyTheFirstFailed() throws Exception {
    CompletableFuture<List<JsonNode>> first = stoppedHalfWay();
    CompletableFuture<List<JsonNode>> second = joining();
    agent().failWith("wrong-key");
    agent().goOn();
    assertThat(problem(lines(first))).isEqualTo("wrong-key");
    assertThat(problem(lines(second))).isEqualTo("wrong-key");
    // No second sandbox had the key to raise the alarm again.
    assertThat(askedFor()).isEqualTo(1);
    assertThat(stage.host().hasBoxOf(workspaceId)).isFalse();
  }

  @Test
  void opensItItselfIfTheFirstFailedForNoReasonThatHasAName() throws Exception {
    CompletableFuture<List<JsonNode>> first = stoppedHalfWay();
    CompletableFuture<List<JsonNode>> second = joining();
    agent().failWith("mount-failed");
    agent().goOn();
    assertThat(problem(lines(first))).isEqualTo("open-failed");
    assertThat(session(lines(second))).isNotEmpty();
    assertThat(steps(lines(second)))
        .containsExactly(
            "authorised", "joined", "sandbox", "key-released", "mounted", "cell-ready");
    assertThat(askedFor()).isEqualTo(2);
  }

  @Test
  void opensNothingAgainThatSomebodyLockedMeanwhile() throws Exception {
    CompletableFuture<List<JsonNode>> first = stoppedHalfWay();
    CompletableFuture<List<JsonNode>> second = joining();
    String session = TestBrowser.json(owner.get("/api/sessions").body()).get(0).path("id").asText();
    assertThat(lock(session).statusCode()).isEqualTo(200);
    assertThat(problem(lines(first))).isEqualTo("locked-meanwhile");
    assertThat(problem(lines(second))).isEqualTo("locked-meanwhile");
    assertThat(askedFor()).isEqualTo(1);
  }

  /** Its box is gone, and session-service does not know yet. */
  @Test
  void waitsForTheEndOfOneThatIsBeingUndone() throws Exception {
    stage.sessionIn(owner.user(), workspace, UUID.randomUUID().toString(), "OPENING");
    CompletableFuture<List<JsonNode>> unlock = joining();
    assertThat(stage.host().hasBoxOf(workspaceId)).isFalse();
    stage.sessionsStayLocked(workspace);
    assertThat(session(lines(unlock))).isNotEmpty();
  }

  @Test
  void saysThatItIsBeingOpenedToAKeyThatMayNotLook() throws Exception {
    Optional<dev.cofferdam.identity.WorkspaceId> all = Optional.empty();
    String key =
        stage.apiKeyOf(
            owner.user(),
            Set.of(new Scope(Action.WORKSPACE_READ, all), new Scope(Action.SESSION_OPEN, all)));
    CompletableFuture<List<JsonNode>> first = stoppedHalfWay();
    String answer =
        TestBrowser.send(
                new TestBrowser(stage.origin(), "nobody")
                    .request("/api/workspaces/" + workspace + "/unlock")
                    .setHeader("Authorization", "Bearer " + key)
                    .setHeader("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{}")))
            .body();
    assertThat(problem(answer.lines().map(TestBrowser::json).toList()))
        .isEqualTo("session-opening");
    agent().goOn();
    assertThat(session(lines(first))).isNotEmpty();
  }

  @Test
  void letsAFewWaitAndNoMore() throws Exception {
    CompletableFuture<List<JsonNode>> first = stoppedHalfWay();
    List<CompletableFuture<List<JsonNode>>> waiting = new ArrayList<>();
    for (int i = 0; i < Joining.MOST_OF_ONE; i++) {
      waiting.add(joining());
    }
    assertThat(problem(owner.unlock(workspace))).isEqualTo("session-opening");
    agent().goOn();
    String session = session(lines(first));
    for (CompletableFuture<List<JsonNode>> one : waiting) {
      assertThat(session(lines(one))).isEqualTo(session);
    }
    assertThat(askedFor()).isEqualTo(1);
  }

  /** As of another account's, or one that its opener has left. */
  @Test
  void doesNotWaitForLongForABoxThatIsNoneOfItsAccount() {
    SandboxId box = stage.host().add(workspaceId).sandbox();
    stage.host().attend(box, true);
    try {
      assertThat(problem(owner.unlock(workspace))).isEqualTo("session-already-open");
    } finally {
      stage.host().attend(box, false);
      stage.host().exit(box, ExitReason.KILLED);
    }
  }
}
