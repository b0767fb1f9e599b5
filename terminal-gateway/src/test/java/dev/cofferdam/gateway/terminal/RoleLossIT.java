// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.gateway.signin.Revocations;
import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.gateway.stage.TestBrowser;
import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.testkit.Eventually;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose role changes is decided anew: for what is open as well. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
class RoleLossIT {
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  Stage stage;
  @Inject Vertx vertx;
  @Inject Revocations revocations;

  private TestBrowser member;
  private String session;
  private TestView view;

  @BeforeEach
  void open() {
    member = stage.browserOf(Role.MEMBER);
    session = member.open(stage.workspaceOf(member.user()));
    view = TestView.open(vertx, member, member.ticket(session, 1)).attach();
  }

  @AfterEach
  void close() {
    view.close();
  }

  private void becomes(Role role) {
    stage.become(member.user(), role);
    UserId user = UserId.parse(member.user());
    revocations.take(changed(user, "role"));
  }

  private static SecurityEvent changed(UserId user, String what) {
    return new SecurityEvent.AccountChanged(
        UUID.randomUUID(), Instant.now(), user, UserId.random(), what);
  }

  @Test
  void anotherQuotaClosesNothing() {
    revocations.take(changed(UserId.parse(member.user()), "quota"));
    TestView.open(vertx, member, member.ticket(session, 1)).attach().close();
    assertThat(view.isClosed()).isFalse();
  }

  @Test
  void socketsCloseWithinASecond() {
    becomes(Role.AUDITOR);
    Eventually.within(AT_ONCE).until("closed", view::isClosed);
    assertThat(view.closeCode()).isEqualTo(1008);
  }

  @Test
  void ticketsThatWereOutAreNotGoodAnyMore() {
    String ticket = member.ticket(session, 1);
    becomes(Role.AUDITOR);
    assertThat(TestView.refusal(vertx, member, ticket, o -> o).status()).isEqualTo(403);
  }

  @Test
  void anAuditorGetsNoFurther() {
    becomes(Role.AUDITOR);
    String terminals = "/api/sessions/" + session + "/terminals";
    assertThat(member.get("/api/workspaces").statusCode()).isEqualTo(403);
    assertThat(member.post(terminals + "/1/tickets", "{}").statusCode()).isEqualTo(403);
    assertThat(member.get("/api/me").body()).contains("\"auditor\"");
  }

  @Test
  void aTokenThatWasOnItsWayMeanwhileIsNotKept() {
    TestBrowser phone = stage.browserOf(member.user());
    stage.beforeATokenArrives(member.user(), () -> becomes(Role.AUDITOR));
    assertThat(phone.get("/api/me").body()).contains("\"auditor\"");
    assertThat(phone.get("/api/sessions").statusCode()).isEqualTo(403);
  }

  @Test
  void whoMayStillComesBack() {
    becomes(Role.ADMIN);
    Eventually.within(AT_ONCE).until("closed", view::isClosed);
    TestView again = TestView.open(vertx, member, member.ticket(session, 1)).attach();
    assertThat(again.isClosed()).isFalse();
    again.close();
  }
}
