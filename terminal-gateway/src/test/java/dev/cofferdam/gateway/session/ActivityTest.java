// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.terminal.protocol.CloseCode;
import dev.cofferdam.terminal.protocol.ControlAnswer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ActivityTest {
  private static final SessionId SESSION = SessionId.random();

  private final OpenSessions open = new OpenSessions();
  private long now = Long.MAX_VALUE - 5; // nanoTime may overflow
  private final Activity activity = new Activity(open, () -> now);

  ActivityTest() {
    open.add(
        new OpenSession(
            SESSION,
            WorkspaceId.random(),
            UserId.random(),
            SandboxId.random(),
            Optional.empty(),
            "",
            ""));
  }

  private void pass(int seconds) {
    now += Duration.ofSeconds(seconds).toNanos();
  }

  private void renewed(int idleSeconds, int terminals) {
    activity.renewed(
        SESSION,
        new ControlAnswer.Renewed(
            600 - idleSeconds, 60, Optional.of(new ControlAnswer.Doing(idleSeconds, terminals))));
  }

  @Test
  void goesOnFromWhatTheSandboxSaid() {
    renewed(30, 2);
    assertThat(activity.of(SESSION)).contains(new Activity.Now(30, 2));
    pass(9);
    assertThat(activity.of(SESSION)).contains(new Activity.Now(39, 2));
    renewed(3, 1);
    assertThat(activity.of(SESSION)).contains(new Activity.Now(3, 1));
  }

  @Test
  void hearsOfActivityByWhatViewsAreTold() {
    renewed(30, 2);
    pass(5);
    activity.idleSecondsLeft(SESSION, 598);
    assertThat(activity.of(SESSION)).contains(new Activity.Now(2, 2));
  }

  @Test
  void hearsOfTerminalsThatAreStartedAndListed() {
    renewed(0, 1);
    activity.terminalStarted(SESSION);
    assertThat(activity.of(SESSION)).contains(new Activity.Now(0, 2));
    activity.terminalsRun(SESSION, 0);
    assertThat(activity.of(SESSION)).contains(new Activity.Now(0, 0));
  }

  @Test
  void knowsNothingOfAnOlderSandbox() {
    activity.renewed(SESSION, new ControlAnswer.Renewed(500, 60, Optional.empty()));
    activity.idleSecondsLeft(SESSION, 500);
    activity.terminalStarted(SESSION);
    assertThat(activity.of(SESSION)).isEmpty();
  }

  @Test
  void keepsNothingOfASessionThatIsOver() {
    renewed(30, 2);
    activity.forget(new SessionEnded(SESSION, CloseCode.LOCKED));
    assertThat(activity.of(SESSION)).isEmpty();
    activity.renewed(
        SessionId.random(),
        new ControlAnswer.Renewed(1, 1, Optional.of(new ControlAnswer.Doing(1, 1))));
    open.claim(SESSION);
    renewed(1, 1);
    assertThat(activity.of(SESSION)).isEmpty();
  }
}
