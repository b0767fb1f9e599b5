// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.sandbox.protocol.ExitReason;
import dev.cofferdam.sandbox.protocol.HostAnswer;
import dev.cofferdam.sandboxhost.lab.Held;
import dev.cofferdam.sandboxhost.lab.Lab;
import dev.cofferdam.sandboxhost.lab.Processes;
import dev.cofferdam.sandboxhost.lab.TestBox;
import dev.cofferdam.sandboxhost.lab.TestWorkspace;
import dev.cofferdam.testkit.Eventually;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A process does not end, whatever is done: nothing may be done or said as if it had. */
class StuckIT {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final Lab lab = Lab.shared();

  @Test
  void whenTheBoxIsToEnd() throws IOException {
    TestWorkspace workspace = lab.newWorkspace();
    try (TestBox box = workspace.open()) {
      SandboxId sandbox = box.box().sandbox();
      try (Held mount = Held.hold(box.process("gocryptfs").pid(), lab.user())) {
        assertThat(mount).isNotNull();
        assertRefused(lab.client().end(sandbox), "box-stuck");
        assertRefused(lab.client().end(sandbox), "box-stuck");
        assertStaysKnown(workspace, box);
      }

      assertThat(box.awaitExit()).isEqualTo(ExitReason.KILLED);
      assertThat(lab.client().end(sandbox)).isInstanceOf(HostAnswer.Accepted.class);
      assertThat(lab.host().log()).contains("the sandbox " + sandbox + " did not end, and now has");
    }
    workspace.open().close();
  }

  @Test
  void whenTheBoxDiesByItself() throws IOException {
    TestWorkspace workspace = lab.newWorkspace();
    try (TestBox box = workspace.open()) {
      long agent = box.process("java").pid();
      try (Held mount = Held.hold(box.process("gocryptfs").pid(), lab.user())) {
        assertThat(mount).isNotNull();
        ProcessHandle.of(agent).ifPresent(ProcessHandle::destroyForcibly);
        Eventually.within(SOON)
            .until("it is told of as stuck", () -> lab.host().log().contains(record(box)));
        assertStaysKnown(workspace, box);
      }

      assertThat(box.awaitExit()).isEqualTo(ExitReason.KILLED);
    }
  }

  @Test
  void whenAWarmOneIsInTheWay() throws IOException {
    TestWorkspace workspace = lab.newWorkspace();
    lab.client().warm(workspace.id());
    try (Held agent = Held.hold(agentOf(workspace), lab.user())) {
      assertThat(agent).isNotNull();
      assertRefused(lab.client().destroy(workspace.id()), "box-running");
      assertRefused(lab.client().tryStart(workspace.id()), "box-running");
      assertThat(workspace.cipher()).exists();
    }

    Eventually.within(SOON)
        .until(
            "it can be destroyed",
            () -> lab.client().destroy(workspace.id()) instanceof HostAnswer.Accepted);
    assertThat(workspace.cipher()).doesNotExist();
  }

  /** As soon as its agent runs. */
  private static long agentOf(TestWorkspace workspace) {
    String word = "-Dcoffer.workspace.id=" + workspace.id();
    Eventually.within(SOON).until("the agent runs", () -> agents(word) > 0);
    return agents(word);
  }

  private static long agents(String word) {
    return Processes.all().stream()
        .filter(p -> p.commandLine().contains(word) && p.commandLine().matches("\\S*java .*"))
        .mapToLong(Processes.Found::pid)
        .findFirst()
        .orElse(0);
  }

  private void assertStaysKnown(TestWorkspace workspace, TestBox box) {
    assertThat(lab.client().hasExited(box.box().sandbox())).as("told as gone").isFalse();
    assertThat(lab.client().list()).contains(box.box());
    assertRefused(lab.client().tryStart(workspace.id()), "box-running");
    assertRefused(lab.client().destroy(workspace.id()), "box-running");
    assertThat(lab.host().log()).containsOnlyOnce(record(box));
  }

  private static String record(TestBox box) {
    return "{\"security\":\"box-stuck\",\"sandboxId\":\"" + box.box().sandbox() + "\"}";
  }

  private static void assertRefused(HostAnswer answer, String problem) {
    assertThat(answer)
        .isInstanceOf(HostAnswer.Refused.class)
        .extracting("problem")
        .isEqualTo(problem);
  }
}
