// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The wall clock of session-service is set while a workspace is open: nothing stays open for longer
 * by that, and once its clock is right again what is opened lives and ends as ever.
 */
@Tag("side-by-side")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClockStepIT {
  private static final int LEASE_SECONDS = 6;
  private static final int IDLE_SECONDS = 30;

  /** What may lie between a deadline and its lock. */
  private static final int LATE_SECONDS = 5;

  private static final long SEEN_NANOS =
      TimeUnit.SECONDS.toNanos(SteppedClock.SEEN_WITHIN_SECONDS + 1);

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
    String open = Await.value("a session", SOON, () -> owner.tryToUnlock(before));
    Sandbox sandbox = Sandbox.of(coffer);
    long stepped = System.nanoTime();
    clock.step(hours);
    Await.until(
        "no sandbox",
        left(stepped, SteppedClock.SEEN_WITHIN_SECONDS + LEASE_SECONDS),
        sandbox::isGone);
    long back = System.nanoTime();
    clock.step(0);
    Await.until("an end that is told", SOON, () -> isOver(open));
    Await.until("the step to be seen", SOON, () -> System.nanoTime() - back > SEEN_NANOS);
    livesAsLongAsItMay(
        after, Await.value("a session behind the step", SOON, () -> owner.tryToUnlock(after)));
    assertThat(owner.read("/api/sessions")).isEmpty();
  }

  /** Over several leases, and no longer. */
  private void livesAsLongAsItMay(String workspace, String session) {
    long opened = System.nanoTime();
    Await.until("its idle lock", left(opened, IDLE_SECONDS), () -> isOver(session));
    assertThat(System.nanoTime() - opened)
        .as("as long as it may")
        .isGreaterThan(TimeUnit.SECONDS.toNanos(IDLE_SECONDS - LATE_SECONDS));
    Await.until("why", SOON, () -> reasons(workspace).contains("idle"));
  }

  private static Duration left(long sinceNanos, int seconds) {
    return Duration.ofSeconds(seconds + LATE_SECONDS).minusNanos(System.nanoTime() - sinceNanos);
  }

  private boolean isOver(String session) {
    Reply reply = owner.send(owner.get("/api/sessions"));
    return reply.status() == 200 && !reply.text().contains(session);
  }

  /** Of its locks; an unlock that was too slow for its answer has one, too. */
  private List<String> reasons(String workspace) {
    List<String> reasons = new ArrayList<>();
    for (JsonNode entry : owner.read("/api/audit?workspace=" + workspace).path("entries")) {
      if (entry.path("kind").asText().equals("session-locked")) {
        reasons.add(entry.path("reason").asText());
      }
    }
    return reasons;
  }
}
