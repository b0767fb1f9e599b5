// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.gateway.stage.AgentStandIn;
import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.gateway.stage.TestBrowser;
import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.sandbox.protocol.Box;
import dev.cofferdam.sandbox.protocol.ExitReason;
import dev.cofferdam.sandbox.protocol.HostRequest;
import dev.cofferdam.terminal.protocol.ControlFrame;
import dev.cofferdam.testkit.Eventually;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(Stage.class)
class SessionIT {
  private static final Duration SOON = Duration.ofSeconds(10);

  @Inject OpenSessions openSessions;
  Stage stage;
  private TestBrowser owner;
  private String workspace;
  private WorkspaceId workspaceId;

  @BeforeEach
  void signIn() {
    owner = stage.newBrowser();
    workspace = stage.workspaceOf(owner.user());
    workspaceId = WorkspaceId.parse(workspace);
  }

  @AfterEach
  void asItWas() {
    stage.host().prepare(agent -> {});
    stage.host().refuseStarts("");
    stage.auth().setDown(false);
    stage.sessions().setDown(false);
    stage.sessions().setHanging(false);
  }

  private static List<String> steps(List<JsonNode> lines) {
    return lines.stream().filter(l -> l.has("step")).map(l -> l.path("step").asText()).toList();
  }

  private static String problem(List<JsonNode> lines) {
    String type = lines.getLast().path("problem").path("type").asText();
    return type.substring(type.lastIndexOf('/') + 1);
  }

  private HttpResponse<String> lock(String session) {
    return owner.post("/api/sessions/" + session + "/lock", "{}");
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
  void renewsLeasesAndPassesTheTicketsOn() {
    owner.open(workspace);
    AgentStandIn agent = stage.host().agentOf(workspaceId);
    Eventually.within(SOON)
        .until("a renewal", () -> agent.orders().contains(new ControlFrame.Renew("renew-ticket")));
  }

  @Test
  void endsTheBoxOfASessionThatIsOver() {
    String session = owner.open(workspace);
    stage.endSession(session);
    Eventually.within(SOON).until("no box", () -> !stage.host().hasBoxOf(workspaceId));
  }

  @Test
  void reportsABoxThatEndedByItself() {
    String session = owner.open(workspace);
    String sandbox = boxOf(session);
    stage.host().exit(SandboxId.parse(sandbox), ExitReason.IDLE);
    Eventually.within(SOON).until("reported", () -> stage.stateOf(session).equals("LOCKED"));
    assertThat(stage.reasonOf(session)).isEqualTo("idle");
  }

  private String boxOf(String session) {
    for (JsonNode one : TestBrowser.json(owner.get("/api/sessions").body())) {
      if (one.path("id").asText().equals(session)) {
        return one.path("sandboxId").asText();
      }
    }
    throw new AssertionError("no such session");
  }

  @Test
  void reportsABoxThatEndedWhileSessionServiceWasAway() {
    String session = owner.open(workspace);
    String sandbox = boxOf(session);
    stage.sessions().setDown(true);
    stage.host().exit(SandboxId.parse(sandbox), ExitReason.BROKEN);
    Eventually.within(SOON).until("unknown here", () -> lock(session).statusCode() == 503);
    stage.sessions().setDown(false);
    Eventually.within(SOON).until("reported", () -> stage.stateOf(session).equals("LOCKED"));
    assertThat(stage.reasonOf(session)).isEqualTo("broken");
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
  void findsOutAboutABoxThatDiedUnheard() {
    String session = owner.open(workspace);
    stage.host().loseQuietly(stage.host().boxOf(workspaceId).sandbox());
    Eventually.within(SOON).until("reported", () -> stage.stateOf(session).equals("LOCKED"));
    assertThat(stage.reasonOf(session)).isEqualTo("killed");
    assertThat(owner.open(workspace)).as("opens again").isNotEmpty();
  }

  @Test
  void endsTheBoxOfAnAgentThatTakesNoLeaseAnyMore() {
    owner.open(workspace);
    stage.host().agentOf(workspaceId).setSilent(true);
    Eventually.within(Duration.ofSeconds(20))
        .until("no box", () -> !stage.host().hasBoxOf(workspaceId));
  }

  @Test
  void tellsThatItLocksSoonAndThatItDoesNotAnyMore() {
    String session = owner.open(workspace);
    AgentStandIn agent = stage.host().agentOf(workspaceId);
    agent.setIdleSecondsLeft(AgentStandIn.WARN_SECONDS);
    Eventually.within(SOON).until("warned", () -> stage.stateOf(session).equals("WARNED"));
    agent.setIdleSecondsLeft(AgentStandIn.WARN_SECONDS + 1);
    Eventually.within(SOON).until("active", () -> stage.stateOf(session).equals("ACTIVE"));
    assertThat(lock(session).statusCode()).isEqualTo(200);
  }

  @Test
  void tellsItOnceSessionServiceIsBack() {
    String session = owner.open(workspace);
    stage.sessions().setDown(true);
    stage.host().agentOf(workspaceId).setIdleSecondsLeft(5);
    stage.sessions().setDown(false);
    Eventually.within(SOON).until("warned", () -> stage.stateOf(session).equals("WARNED"));
  }

  @Test
  void asksTheAgentOfWhatSessionServiceHasEndedToLock() {
    String session = owner.open(workspace);
    AgentStandIn agent = stage.host().agentOf(workspaceId);
    stage.endSession(session);
    Eventually.within(SOON).until("no box", () -> !stage.host().hasBoxOf(workspaceId));
    Eventually.within(SOON).until("reported", () -> stage.stateOf(session).equals("LOCKED"));
    assertThat(agent.orders()).anyMatch(ControlFrame.Lock.class::isInstance);
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
  }

  @Test
  void looksAfterOpenSessionsAgainAndEndsOtherBoxes() {
    stage.host().stop();
    Box adopted = stage.host().add(workspaceId);
    String session =
        stage.sessionIn(owner.user(), workspace, adopted.sandbox().toString(), "ACTIVE");
    Box nobodys = stage.host().add(WorkspaceId.random());
    Box halfOpen = stage.host().add(WorkspaceId.random());
    String opening =
        stage.sessionIn(
            owner.user(),
            halfOpen.workspace().toString(),
            halfOpen.sandbox().toString(),
            "OPENING");
    stage.sessions().setDown(true);
    stage.host().startAgain();
    Eventually.within(SOON)
        .until(
            "it asks for boxes",
            () -> stage.host().requests().getLast() instanceof HostRequest.ListBoxes);
    assertThat(stage.host().runs(nobodys.sandbox())).as("not before it is known").isTrue();
    stage.sessions().setDown(false);
    Eventually.within(SOON).until("ended", () -> !stage.host().runs(nobodys.sandbox()));
    Eventually.within(SOON).until("ended", () -> !stage.host().runs(halfOpen.sandbox()));
    Eventually.within(SOON).until("reported", () -> stage.stateOf(opening).equals("LOCKED"));
    assertThat(stage.host().runs(adopted.sandbox())).isTrue();
    assertThat(owner.get("/api/sessions/" + session + "/terminals").statusCode()).isEqualTo(200);
    assertThat(lock(session).statusCode()).isEqualTo(200);
  }

  @Test
  void leavesABoxAloneForAsLongAsAnotherGatewayAttendsToIt() {
    Box opening = stage.host().add(WorkspaceId.random());
    stage.host().attend(opening.sandbox(), true);
    stage.host().stop();
    stage.host().startAgain();
    Box nobodys = stage.host().add(WorkspaceId.random());
    Eventually.within(SOON).until("ended", () -> !stage.host().runs(nobodys.sandbox()));
    assertThat(stage.host().runs(opening.sandbox())).isTrue();
    stage.host().attend(opening.sandbox(), false);
    Eventually.within(SOON).until("ended", () -> !stage.host().runs(opening.sandbox()));
  }

  @Test
  void servesAndLocksWhatAnotherGatewayHasOpened() {
    Box others = stage.host().add(workspaceId);
    stage.host().attend(others.sandbox(), true);
    String session =
        stage.sessionIn(owner.user(), workspace, others.sandbox().toString(), "ACTIVE");
    assertThat(owner.get("/api/sessions/" + session + "/terminals").statusCode()).isEqualTo(200);
    assertThat(lock(session).statusCode()).isEqualTo(200);
    assertThat(stage.host().runs(others.sandbox())).isFalse();
    assertThat(stage.reasonOf(session)).isEqualTo("user");
  }

  @Test
  void knowsAfterAnOutageOfTheHostWhichBoxesAreGone() {
    String session = owner.open(workspace);
    String sandbox = boxOf(session);
    stage.host().stop();
    stage.host().exit(SandboxId.parse(sandbox), ExitReason.KILLED);
    stage.host().startAgain();
    Eventually.within(SOON).until("reported", () -> stage.stateOf(session).equals("LOCKED"));
    assertThat(stage.reasonOf(session)).isEqualTo("killed");
  }
}
