// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.session.maintenance.Maintenance;
import dev.cofferdam.testkit.Eventually;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TokenIssuer;
import dev.cofferdam.testkit.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A part that is down is said within five seconds; locking goes on without Vault and Kafka. */
@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class OutageIT {
  private static final Eventually BACK = Eventually.within(Duration.ofSeconds(10));

  /** Every five seconds somebody looks. */
  private static final Eventually IN_TIME = Eventually.within(Duration.ofSeconds(10));

  private final String sandbox = UUID.randomUUID().toString();

  @Inject DataSource database;
  @Inject Maintenance maintenance;

  Servers servers;
  TokenIssuer issuer;
  GrantDesk desk;
  Person owner;
  Gateway gateway;
  String workspace;
  String session;

  @BeforeEach
  void open() {
    owner = new Person(issuer);
    gateway = new Gateway(servers);
    workspace = desk.workspaceOf(owner.id());
    session = owner.open(workspace, sandbox).path("sessionId");
    gateway.opened(session);
  }

  @Test
  void withASealedVaultAndNoBrokerLockingWorks() {
    servers.vault().seal();
    servers.kafka().kill();
    try {
      assertThat(gateway.renew(session, sandbox).<String>path("sessions[0].renewTicket"))
          .isNotBlank();
      assertThat(owner.terminalTicket(session).statusCode()).isEqualTo(200);
      Instant before = Instant.now();
      Response lock = owner.lock(session);
      assertThat(lock.<String>path("lockTicket")).isNotBlank();
      assertThat(gateway.locked(session, "user").<String>path("state")).isEqualTo("LOCKED");
      assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(1));
    } finally {
      servers.vault().unseal();
      servers.kafka().restart();
    }
    try (TopicReader news = new TopicReader(servers.kafka(), "coffer.session.v1")) {
      assertThat(news.await(4, Duration.ofSeconds(30), event -> event.contains(session)).get(3))
          .contains("session-locked");
    }
  }

  @Test
  void withoutABrokerWhatIsDueEndsInTimeAndIsToldLater() throws SQLException {
    String longest = opened();
    String maintained = opened();
    servers.kafka().kill();
    try {
      assertThat(ended(session, "idle").<String>path("state")).isEqualTo("LOCKED");
      endNow(longest);
      IN_TIME.until("its longest time is over", () -> owner.state(longest).equals("LOCKING"));
      assertThat(owner.state(maintained)).isEqualTo("ACTIVE");
      maintenance.plan(Duration.ZERO, "", Optional.empty());
      IN_TIME.until("maintenance begins", () -> owner.state(maintained).equals("LOCKING"));
      List.of(longest, maintained).forEach(each -> gateway.locked(each, "ended"));
    } finally {
      maintenance.end(Optional.empty());
      servers.kafka().restart();
    }
    try (TopicReader news = new TopicReader(servers.kafka(), "coffer.session.v1")) {
      assertTold(news, session, "idle");
      assertTold(news, longest, "longest");
      assertTold(news, maintained, "maintenance");
    }
  }

  /** As the gateway reports of a box that has ended by itself. */
  private Response ended(String session, String reason) {
    return gateway.post("/internal/sessions/" + session + "/ended", Map.of("reason", reason));
  }

  private String opened() {
    String other = owner.opening(desk.workspaceOf(owner.id()));
    gateway.opened(other);
    return other;
  }

  private void endNow(String session) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement("update session set ends_at = now() where id = ?")) {
      update.setObject(1, UUID.fromString(session));
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }

  /** Once, for that reason. */
  private static void assertTold(TopicReader news, String session, String reason) {
    List<String> ends =
        news.await(
            1,
            Duration.ofSeconds(30),
            event -> event.contains(session) && event.contains("session-locked"));
    assertThat(ends).singleElement().asString().contains("\"reason\":\"" + reason + "\"");
  }

  @Test
  void withoutAGrantNothingIsOpened() {
    String other = desk.workspaceOf(owner.id());
    desk.vaultIsAway(true);
    try {
      unavailable(() -> owner.open(other));
    } finally {
      desk.vaultIsAway(false);
    }
    assertThat(owner.open(other).statusCode()).isEqualTo(201);
  }

  @Test
  void withoutADatabaseItSaysSo() {
    servers.postgres().stop();
    try {
      unavailable(() -> owner.get("/sessions"));
      unavailable(() -> owner.open(workspace));
      unavailable(() -> owner.lock(session));
      unavailable(() -> gateway.renew(session, sandbox));
    } finally {
      servers.postgres().restart();
    }
    BACK.until("there again", () -> owner.get("/sessions").statusCode() == 200);
    assertThat(owner.state(session)).isEqualTo("ACTIVE");
  }

  /** As for a service that has started while auth-service could not tell its keys. */
  @Test
  void aTokenOfAKeyThatNobodyCanBeAskedForIsNotCalledBad() {
    Map<String, Object> header = issuer.header();
    header.put("kid", "access-token-v2");
    String token = issuer.signed(header, issuer.claims(owner.id().toString(), "session-service"));
    issuer.setMute(true);
    try {
      BACK.until("asked for in vain", () -> sessions(token).statusCode() == 503);
      unavailable(() -> sessions(token));
    } finally {
      issuer.setMute(false);
    }
    BACK.until("known to be nobody's key", () -> sessions(token).statusCode() == 401);
  }

  private static Response sessions(String token) {
    return given().auth().oauth2(token).get("/sessions");
  }

  private static void unavailable(Supplier<Response> call) {
    Instant before = Instant.now();
    Response answer = call.get();
    Answers.refused(answer, 503, "unavailable");
    assertThat(answer.header("Retry-After")).isEqualTo("5");
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
  }
}
