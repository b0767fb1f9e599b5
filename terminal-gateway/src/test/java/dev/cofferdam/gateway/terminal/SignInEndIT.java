// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.gateway.signin.Revocations;
import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.gateway.stage.TestBrowser;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.terminal.protocol.AgentFrame;
import dev.cofferdam.testkit.Eventually;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is open for a sign-in ends with it, wherever and however it is ended. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
class SignInEndIT {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  /** Without events: asked twice a second, with room for a busy machine. */
  private static final Duration WITHOUT_EVENTS = Duration.ofSeconds(2);

  Stage stage;
  @Inject Vertx vertx;
  @Inject Revocations revocations;

  private TestBrowser laptop;
  private TestBrowser phone;
  private String session;

  @BeforeEach
  void open() {
    laptop = stage.newBrowser();
    phone = stage.browserOf(laptop.user());
    String workspace = stage.workspaceOf(laptop.user());
    session = laptop.open(workspace);
  }

  private TestView attached(TestBrowser browser) {
    TestView view = TestView.open(vertx, browser, browser.ticket(session, 1)).attach();
    Eventually.within(SOON)
        .until(
            "attached",
            () -> view.frames().stream().anyMatch(AgentFrame.Attached.class::isInstance));
    return view;
  }

  private static void assertClosed(TestView view, Duration most) {
    Eventually.within(most).until("closed", view::isClosed);
    assertThat(view.closeCode()).isEqualTo(1008);
  }

  private void assertLocked(String reason) {
    Eventually.within(SOON).until("locked", () -> stage.stateOf(session).equals("LOCKED"));
    assertThat(stage.reasonOf(session)).isEqualTo(reason);
  }

  @Test
  void endedFromAnotherBrowserItsSocketsCloseWithinASecond() {
    TestView onPhone = attached(phone);
    TestView onLaptop = attached(laptop);
    assertThat(laptop.delete("/api/devices/" + stage.signInOf(phone), "{}").statusCode())
        .isEqualTo(204);
    assertClosed(onPhone, AT_ONCE);
    assertThat(phone.get("/api/me").statusCode()).isEqualTo(401);
    assertThat(onLaptop.isClosed()).isFalse();
    assertThat(stage.stateOf(session)).isEqualTo("ACTIVE");
    onLaptop.close();
  }

  @Test
  void whatItOpenedLocks() {
    TestView onLaptop = attached(laptop);
    TestView onPhone = attached(phone);
    phone.delete("/api/devices/" + stage.signInOf(laptop), "{}");
    assertClosed(onLaptop, AT_ONCE);
    Eventually.within(AT_ONCE).until("closed", onPhone::isClosed);
    assertLocked("ended-elsewhere");
  }

  @Test
  void signingOutLocksWhatThisBrowserOpened() {
    assertThat(phone.post("/api/sign-out", "{}").statusCode()).isEqualTo(204);
    assertThat(stage.stateOf(session)).isEqualTo("ACTIVE");
    assertThat(laptop.post("/api/sign-out", "{}").headers().firstValue("Clear-Site-Data"))
        .isPresent();
    assertLocked("signed-out");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "signed-out",
        "ended-elsewhere",
        "ended-by-admin",
        "key-revoked",
        "role-changed",
        "account-disabled",
        "refresh-token-reused",
        "too-many-sign-ins",
        "provider-signed-out"
      })
  void whatItOpenedSaysWhyItLocked(String reason) {
    UUID signIn = UUID.fromString(stage.signInOf(laptop));
    UserId user = UserId.parse(laptop.user());
    revocations.take(
        new SecurityEvent.SignInEnded(UUID.randomUUID(), Instant.now(), user, signIn, reason));
    assertLocked(reason);
  }

  /** Whoever asks may be quicker than the event, and is told the same reason. */
  @Test
  void whatItOpenedSaysWhyAlsoIfThatIsFoundOutByAsking() {
    TestView onLaptop = attached(laptop);
    stage.endSilently(laptop, "key-revoked");
    assertClosed(onLaptop, WITHOUT_EVENTS);
    assertLocked("key-revoked");
  }

  /** A cookie that is refused is asked about once more, since a refusal does not say why. */
  @Test
  void whatItOpenedSaysWhyAlsoIfItsCookieWasRefused() {
    UserId user = UserId.parse(laptop.user());
    stage.endSilently(laptop, "role-changed");
    revocations.take(
        new SecurityEvent.AccountChanged(
            UUID.randomUUID(), Instant.now(), user, UserId.random(), "quota"));
    assertThat(laptop.get("/api/me").statusCode()).isEqualTo(401);
    assertLocked("role-changed");
  }

  @Test
  void whatAnAccountHasOpenLocksWhenItIsSwitchedOff() {
    UserId user = UserId.parse(laptop.user());
    revocations.take(
        new SecurityEvent.AccountChanged(
            UUID.randomUUID(), Instant.now(), user, UserId.random(), "disabled"));
    assertLocked("account-disabled");
  }

  @Test
  void anotherRoleAloneLocksNothing() {
    UserId user = UserId.parse(laptop.user());
    revocations.take(
        new SecurityEvent.AccountChanged(
            UUID.randomUUID(), Instant.now(), user, UserId.random(), "role"));
    assertThat(laptop.get("/api/sessions").body()).contains(session);
    assertThat(stage.stateOf(session)).isEqualTo("ACTIVE");
  }

  @Test
  void withoutAnEventItIsFoundOutByAsking() {
    TestView onPhone = attached(phone);
    TestView onLaptop = attached(laptop);
    stage.endSilently(phone);
    assertClosed(onPhone, WITHOUT_EVENTS);
    assertThat(phone.get("/api/me").statusCode()).isEqualTo(401);
    stage.endSilently(laptop);
    assertClosed(onLaptop, WITHOUT_EVENTS);
    assertLocked("sign-in-over");
  }

  @Test
  void othersDevicesAreNobodysToEnd() {
    TestBrowser stranger = stage.newBrowser();
    assertThat(stranger.delete("/api/devices/" + stage.signInOf(phone), "{}").statusCode())
        .isEqualTo(404);
    assertThat(stranger.delete("/api/devices/..%2Fme", "{}").statusCode()).isIn(400, 404);
    assertThat(phone.get("/api/me").statusCode()).isEqualTo(200);
  }
}
