// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Somebody on the machine stops everything at once. */
class EmergencyIT {
  private static final Duration SECONDS = Duration.ofSeconds(5);
  private static final Duration RESTART = Duration.ofSeconds(60);

  @Test
  void locksEverythingAndSignsEverybodyOutUntilItIsLifted() {
    try (Coffer coffer = Coffer.up()) {
      ApiClient owner = ApiClient.signedIn(coffer);
      String workspace = owner.createWorkspace("stopped");
      owner.unlock(workspace);
      Sandbox sandbox = Sandbox.of(coffer);

      Command.Result stopped = coffer.command("emergency-stop").run();

      assertThat(stopped.status()).as(stopped.said()).isZero();
      assertThat(stopped.out()).contains("1 open workspaces", "emergency-stop --lift");
      Await.until("the sandbox to be gone", SECONDS, sandbox::isGone);
      Await.until(
          "nobody signed in",
          SECONDS,
          () -> owner.send(owner.get("/api/workspaces")).status() == 401);
      assertRefused(coffer, workspace);

      Coffer.Part before = coffer.part("session-service");
      Processes.kill(before.pid());
      coffer.awaitRestarted(before, RESTART);
      assertRefused(coffer, workspace);

      Command.Result lifted = coffer.command("emergency-stop").and("--lift").run();
      assertThat(lifted.status()).as(lifted.said()).isZero();
      ApiClient again = ApiClient.signedIn(coffer);
      again.unlock(workspace);
      anOwnerDoesTheSameFromThePage(coffer, again, workspace);
    }
  }

  private static void anOwnerDoesTheSameFromThePage(
      Coffer coffer, ApiClient owner, String workspace) {
    Sandbox sandbox = Sandbox.of(coffer);
    try (Chromium chromium = new Chromium();
        Person person = new Person(chromium, Look.DARK)) {
      person.signIn(coffer.freshLink());
      person.page().navigate(coffer.origin() + "/people/open");
      person.awaitSeen("stop-all");
      person.look(Look.DARK);
      person.see("stop-all").click();
      person.see("confirm").click();
      Await.until("the sandbox to be gone", SECONDS, sandbox::isGone);
      Await.until(
          "nobody signed in",
          SECONDS,
          () -> owner.send(owner.get("/api/workspaces")).status() == 401);
      assertRefused(coffer, workspace);
      person.signIn(coffer.freshLink());
      person.page().navigate(coffer.origin() + "/people/open");
      person.see("lift-stop").click();
      person.see("confirm").click();
      person.awaitSeen("stop-all");
    }
    ApiClient again = ApiClient.signedIn(coffer);
    again.lock(again.unlock(workspace));
  }

  /** A part that was just started again may not answer yet, which opens nothing either. */
  private static void assertRefused(Coffer coffer, String workspace) {
    ApiClient again = ApiClient.signedIn(coffer);
    Await.until(
        "the refusal that says why",
        RESTART,
        () -> {
          String said =
              again.send(again.post("/api/workspaces/" + workspace + "/unlock", "{}")).text();
          assertThat(said).doesNotContain("mounted");
          return said.contains("/emergency-stop") && said.contains("--lift");
        });
    assertThat(Sandbox.isOpen(coffer)).isFalse();
  }
}
