// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.maintenance;

import static dev.cofferdam.session.Answers.badField;
import static dev.cofferdam.session.Answers.refused;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.session.Gateway;
import dev.cofferdam.session.GrantDesk;
import dev.cofferdam.session.Person;
import dev.cofferdam.session.SessionServers;
import dev.cofferdam.testkit.Eventually;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TokenIssuer;
import dev.cofferdam.testkit.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing opens, people read why, and what is open locks when it was said to. */
@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class MaintenanceIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  Servers servers;
  TokenIssuer issuer;
  GrantDesk desk;
  Person member;
  Gateway gateway;
  String workspace;
  private final UUID owner = UUID.randomUUID();

  @BeforeEach
  void meet() {
    member = new Person(issuer);
    gateway = new Gateway(servers);
    workspace = desk.workspaceOf(member.id());
  }

  @AfterEach
  void over() {
    assertThat(end().<Object>path("locksAt")).isNull();
  }

  private RequestSpecification asOwner() {
    return given()
        .contentType("application/json")
        .header(
            "Authorization",
            "Bearer " + issuer.token(owner.toString(), "session-service", "owner"));
  }

  private Response plan(Map<String, ?> plan) {
    return asOwner().body(plan).put("/maintenance");
  }

  private Response end() {
    return asOwner().delete("/maintenance");
  }

  @Test
  void nothingOpensAndWhatIsOpenGoesOnUntilItsTime() throws Exception {
    String open = member.opening(desk.workspaceOf(member.id()));
    gateway.opened(open);
    Instant before = Instant.now();

    Response planned = plan(Map.of("locksInMinutes", 30, "notice", "A new disk"));

    assertThat(planned.statusCode()).as(planned.asString()).isEqualTo(200);
    assertThat(Instant.parse(planned.path("locksAt")))
        .isBetween(before.plusSeconds(1799), Instant.now().plusSeconds(1801));
    refused(member.open(workspace), 409, "maintenance");
    assertThat(member.open(workspace).<String>path("detail")).contains("\"A new disk\"");
    assertThat(member.get("/maintenance").<String>path("notice")).isEqualTo("A new disk");
    assertThat(member.state(open)).isEqualTo("ACTIVE");

    itsTimeHasCome();
    Eventually.within(SOON).until("it locks", () -> member.state(open).equals("LOCKING"));
    gateway.locked(open, "ended");
    assertThat(member.get("/sessions/" + open).<String>path("reason")).isEqualTo("maintenance");

    end();
    assertThat(member.open(workspace).statusCode()).isEqualTo(201);
  }

  private void itsTimeHasCome() throws SQLException {
    try (Connection database = servers.postgres().attacker();
        Statement statement = database.createStatement()) {
      statement.execute("update session.maintenance set locks_at = now()");
    }
  }

  @Test
  void noGrantIsAskedForInVain() {
    plan(Map.of("locksInMinutes", 30));
    desk.vaultIsAway(true);
    try {
      refused(member.open(workspace), 409, "maintenance");
    } finally {
      desk.vaultIsAway(false);
    }
  }

  @Test
  void isToldOfWithWhoDidIt() throws Exception {
    plan(Map.of("locksInMinutes", 10080, "notice", ""));
    end();
    end();
    try (TopicReader news = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      assertThat(
              news.await(
                  2, SOON, e -> e.contains("maintenance-changed") && e.contains(owner.toString())))
          .satisfiesExactly(
              planned -> assertThat(planned).contains("\"locksAt\""),
              over -> assertThat(over).doesNotContain("\"locksAt\""));
    }
  }

  /** As an owner's, and nobody's: at the machine nobody is signed in. */
  @Test
  void whoeverMayUseTheSupervisorPlansAndEndsItToo() throws Exception {
    Gateway stack = new Gateway(servers.credential("stack"));
    String notice = "At the machine " + UUID.randomUUID();

    Response planned =
        stack.put("/internal/maintenance", Map.of("locksInMinutes", 30, "notice", notice));

    assertThat(planned.statusCode()).as(planned.asString()).isEqualTo(200);
    refused(member.open(workspace), 409, "maintenance");
    assertThat(stack.get("/internal/maintenance").<String>path("notice")).isEqualTo(notice);
    assertThat(stack.get("/internal/maintenance").<String>path("locksAt"))
        .isEqualTo(member.get("/maintenance").path("locksAt"));
    badField(stack.put("/internal/maintenance", Map.of("locksInMinutes", 10081)), "locksInMinutes");
    assertThat(stack.delete("/internal/maintenance").statusCode()).isEqualTo(200);
    assertThat(member.open(workspace).statusCode()).isEqualTo(201);
    try (TopicReader news = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      assertThat(news.await(1, SOON, e -> e.contains(notice)))
          .allSatisfy(event -> assertThat(event).doesNotContain("\"by\""));
    }
  }

  @Test
  void isForOwnersToSayAndOneLine() {
    assertThat(member.get("/maintenance").<Object>path("locksAt")).isNull();
    badField(plan(Map.of("notice", "x")), "locksInMinutes");
    badField(plan(Map.of("locksInMinutes", -1)), "locksInMinutes");
    badField(plan(Map.of("locksInMinutes", 10081)), "locksInMinutes");
    badField(plan(Map.of("locksInMinutes", 5, "notice", "a\nb")), "notice");
    badField(plan(Map.of("locksInMinutes", 5, "notice", "a\u202eb")), "notice");
    badField(plan(Map.of("locksInMinutes", 5, "notice", "a\u200bb")), "notice");
    badField(plan(Map.of("locksInMinutes", 5, "notice", "half\ud800")), "notice");
    badField(plan(Map.of("locksInMinutes", 5, "notice", "x".repeat(201))), "notice");
    assertThat(member.get("/maintenance").<Object>path("locksAt")).isNull();
  }
}
