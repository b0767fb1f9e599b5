// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.gateway.signin.Revocations;
import dev.cofferdam.gateway.stage.AgentStandIn;
import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.gateway.stage.TestBrowser;
import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.testkit.Eventually;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A terminal that writes all the time, and a view whose right to it ends meanwhile. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
class NothingFollowsIT extends OpenTerminal {
  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  private static final Duration LIFE = Duration.ofSeconds(3);

  /** A view that takes nothing is given a second more; with room for a busy machine. */
  private static final Duration GIVEN_UP = Duration.ofSeconds(3);

  private static final int CHUNK = 60_000;

  @Inject Revocations revocations;

  private final ScheduledExecutorService program = Executors.newSingleThreadScheduledExecutor();
  private volatile String writes = "early;";

  @AfterEach
  void stop() {
    program.shutdownNow();
  }

  @Test
  void afterLogout() {
    TestBrowser phone = stage.browserOf(owner.user());
    Watched watched = watch(viewOf(phone));
    phone.post("/api/sign-out", "{}");
    watched.assertNothingFollows(1008);
  }

  @Test
  void afterLock() {
    Watched watched = watch(attached());
    owner.post("/api/sessions/" + session + "/lock", "{}");
    watched.assertNothingFollows(4423, 1008);
  }

  @Test
  void afterRevocation() {
    TestBrowser phone = stage.browserOf(owner.user());
    Watched watched = watch(viewOf(phone));
    revocations.take(revoked(phone));
    watched.assertNothingFollows(1008);
  }

  @Test
  void afterRoleLoss() {
    Watched watched = watch(attached());
    stage.become(owner.user(), Role.AUDITOR);
    revocations.take(
        new SecurityEvent.AccountChanged(
            UUID.randomUUID(), Instant.now(), UserId.parse(owner.user()), UserId.random(), "role"));
    watched.assertNothingFollows(1008);
  }

  @Test
  void afterExpiry() {
    stage.browserSessionsLast(LIFE);
    TestBrowser brief = stage.browserOf(owner.user());
    Watched watched = watch(viewOf(brief));
    watched.assertNothingFollows(LIFE.plus(AT_ONCE), 1008);
  }

  /** What it did not take in time is dropped; what it does take was written before the end. */
  @Test
  void aViewThatTakesNothingIsSentNothingFromAfterItsEnd() {
    TestBrowser phone = stage.browserOf(owner.user());
    int before = views.size();
    TestView slow = viewOf(phone);
    AgentStandIn.Line side = agentSide();
    slow.pause();
    AtomicLong sent = new AtomicLong();
    CompletableFuture<Void> hungUp = CompletableFuture.runAsync(() -> flood(side, sent), program);
    awaitStill(sent);
    revocations.take(revoked(phone));
    writes = "late;";
    Eventually.within(AT_ONCE).until("hung up", side::isEnded);
    assertThat(hungUp).failsWithin(AT_ONCE);
    Eventually.within(GIVEN_UP).until("given up", () -> views.size() == before);
    slow.resume();
    Eventually.within(SOON).until("closed", slow::isClosed);
    assertThat(slow.output().length).isPositive().isLessThanOrEqualTo((int) sent.get());
    assertThat(new String(slow.output(), UTF_8)).doesNotContain("late;");
  }

  private void flood(AgentStandIn.Line side, AtomicLong sent) {
    while (true) {
      byte[] chunk = new byte[CHUNK];
      byte[] word = writes.getBytes(UTF_8);
      System.arraycopy(word, 0, chunk, 0, word.length);
      sent.addAndGet(CHUNK);
      output(side, chunk);
    }
  }

  private static void output(AgentStandIn.Line side, byte[] bytes) {
    try {
      side.output(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SecurityEvent revoked(TestBrowser browser) {
    return new SecurityEvent.SignInEnded(
        UUID.randomUUID(),
        Instant.now(),
        UserId.parse(browser.user()),
        UUID.fromString(stage.signInOf(browser)),
        "key-revoked");
  }

  private TestView viewOf(TestBrowser browser) {
    TestView view = TestView.open(vertx, browser, browser.ticket(session, 1)).attach();
    opened.add(view);
    Eventually.within(SOON).until("attached", () -> !view.frames().isEmpty());
    return view;
  }

  /** Has the program write on, and waits until it is seen. */
  private Watched watch(TestView view) {
    AgentStandIn.Line side = agentSide();
    CompletableFuture<Void> over = new CompletableFuture<>();
    program.scheduleAtFixedRate(() -> write(side, over), 0, 2, TimeUnit.MILLISECONDS);
    Eventually.within(SOON).until("output", () -> view.output().length > 0);
    return new Watched(view, over);
  }

  private void write(AgentStandIn.Line side, CompletableFuture<Void> over) {
    try {
      side.output(writes.getBytes(UTF_8));
    } catch (IOException e) {
      over.complete(null);
    }
  }

  /**
   * A view of a terminal that writes on.
   *
   * @param over once the terminal has nobody to write to any more
   */
  private final class Watched {
    private final TestView view;
    private final CompletableFuture<Void> over;

    Watched(TestView view, CompletableFuture<Void> over) {
      this.view = view;
      this.over = over;
    }

    void assertNothingFollows(int... codes) {
      assertNothingFollows(AT_ONCE, codes);
    }

    void assertNothingFollows(Duration most, int... codes) {
      Eventually.within(most).until("closed", view::isClosed);
      writes = "late;";
      assertThat(Arrays.stream(codes).boxed()).contains(view.closeCode());
      assertThat(over).succeedsWithin(SOON);
      assertThat(new String(view.output(), UTF_8)).startsWith("early;").doesNotContain("late;");
    }
  }
}
