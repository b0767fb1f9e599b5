// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.gateway.stage.AgentStandIn;
import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.sandbox.protocol.Box;
import dev.cofferdam.sandbox.protocol.ExitReason;
import dev.cofferdam.sandbox.protocol.HostRequest;
import dev.cofferdam.terminal.protocol.ControlFrame;
import dev.cofferdam.testkit.Eventually;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What a gateway does for sessions while they are open, and once their box has ended. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
class SessionUpkeepIT extends OwnersSession {
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
  void endsOtherBoxesAlthoughOneDoesNotEnd() {
    stage.host().stop();
    Set<SandboxId> nobodys = new HashSet<>();
    for (int i = 0; i < 4; i++) {
      nobodys.add(stage.host().add(WorkspaceId.random()).sandbox());
    }
    SandboxId stuck = stage.host().stickFirstOf(nobodys);
    nobodys.remove(stuck);
    stage.host().startAgain();
    Eventually.within(SOON)
        .until("the others ended", () -> nobodys.stream().noneMatch(stage.host()::runs));
    assertThat(stage.host().runs(stuck)).isTrue();
    stage.host().unstick(stuck);
    Eventually.within(SOON).until("ended at last", () -> !stage.host().runs(stuck));
  }

  /** Its host thinks that somebody looks after it, so only who asked for it can end it. */
  @Test
  void endsABoxThatStartedWhenNobodyWaitedForItAnyMore() {
    AtomicBoolean started = new AtomicBoolean();
    stage.host().prepare(agent -> started.set(true));
    stage.host().holdStarts(true);
    assertThat(problem(owner.unlock(workspace))).isEqualTo("unavailable");
    stage.host().holdStarts(false);
    Eventually.within(SOON).until("it has started", started::get);
    Eventually.within(SOON).until("ended", () -> !stage.host().hasBoxOf(workspaceId));
    assertThat(owner.open(workspace)).as("opens").isNotEmpty();
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
