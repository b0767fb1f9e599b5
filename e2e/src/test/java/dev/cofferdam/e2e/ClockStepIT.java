// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The wall clock of session-service is set while a workspace is open: nothing stays open for longer
 * by that, and once its clock is right again what is opened lives and ends as ever.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClockStepIT {
  private static final int LEASE_SECONDS = 6;
  private static final int IDLE_SECONDS = 30;

  /** What may lie between a deadline and its lock. */
  private static final int LATE_SECONDS = 5;

  private static final Duration SOON = Duration.ofSeconds(30);

  private SteppedClock clock;
  private Coffer coffer;
  private ApiClient owner;

  @BeforeAll
  void start() {
    clock = new SteppedClock("session-service");
    coffer =
        Coffer.up(
            clock.environment(),
            "session-service:coffer.session.lease-seconds=" + LEASE_SECONDS,
            "session-service:coffer.session.forgotten-seconds=" + 2 * LEASE_SECONDS,
            "session-service:coffer.session.idle-seconds=" + IDLE_SECONDS,
            "terminal-gateway:coffer.lease.every=2s");
    owner = ApiClient.signedIn(coffer);
  }

  @AfterAll
  void stop() {
    try {
      if (coffer != null) {
        coffer.close();
      }
    } finally {
      clock.close();
    }
  }

  @Test
  @Order(1)
  void anHourBack() {
    isEndedInTimeAndGoesOn(-1);
  }

  @Test
  @Order(2)
  void anHourForth() {
    isEndedInTimeAndGoesOn(1);
  }

  private void isEndedInTimeAndGoesOn(int hours) {
    String before = owner.createWorkspace("before " + hours);
    String after = owner.createWorkspace("after " + hours);
    String open = owner.unlock(before);
    Sandbox sandbox = Sandbox.of(coffer);
    long stepped = System.nanoTime();
    clock.step(hours);
    Await.until(
        "no sandbox",
        left(stepped, SteppedClock.SEEN_WITHIN_SECONDS + LEASE_SECONDS),
        sandbox::isGone);
    clock.step(0);
    Await.until("an end that is told", SOON, () -> state(open).equals("LOCKED"));
    livesAsLongAsItMay(
        Await.value("a session behind the step", SOON, () -> owner.tryToUnlock(after)));
    assertThat(owner.read("/api/sessions")).isEmpty();
  }

  /** Over several leases, and no longer. */
  private void livesAsLongAsItMay(String session) {
    long opened = System.nanoTime();
    Await.until("its idle lock", left(opened, IDLE_SECONDS), () -> state(session).equals("LOCKED"));
    assertThat(owner.read("/api/sessions/" + session).path("reason").asText()).isEqualTo("idle");
  }

  private static Duration left(long sinceNanos, int seconds) {
    return Duration.ofSeconds(seconds + LATE_SECONDS).minusNanos(System.nanoTime() - sinceNanos);
  }

  private String state(String session) {
    Reply reply = owner.send(owner.get("/api/sessions/" + session));
    return reply.status() == 200 ? reply.json().path("state").asText() : "";
  }
}
