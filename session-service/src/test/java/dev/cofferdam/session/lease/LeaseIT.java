// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.lease;

import static dev.cofferdam.session.Answers.badField;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.identity.Quota;
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
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class LeaseIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final String sandbox = UUID.randomUUID().toString();

  @Inject DataSource database;

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
  void isRenewedWhileTheSessionLives() {
    Response renewal = gateway.renew(session, sandbox);
    assertThat(renewal.<Boolean>path("sessions[0].ended")).isFalse();
    assertThat(renewal.<String>path("sessions[0].sessionId")).isEqualTo(session);
    assertThat(renewal.<String>path("sessions[0].renewTicket")).isNotBlank();
  }

  @Test
  void leavesEachWorkspaceWhatTheOthersDontTake() {
    long quota = Quota.MOST_BYTES; // what tokens of tests say
    assertThat(storage(gateway.renew(session, sandbox))).isEqualTo(quota);
    String box = UUID.randomUUID().toString();
    String other = desk.workspaceOf(owner.id());
    Response opened = owner.open(other, box);
    gateway.opened(opened.path("sessionId"));
    assertThat(storage(counted(session, sandbox, 5_000_000_000L)))
        .as("its own is not taken off")
        .isEqualTo(quota);
    assertThat(storage(gateway.renew(opened.path("sessionId"), box)))
        .isEqualTo(quota - 5_000_000_000L);
    counted(session, sandbox, quota);
    assertThat(storage(gateway.renew(opened.path("sessionId"), box))).isZero();
    Response own = owner.get("/storage");
    assertThat(own.<Long>path("usedBytes")).isEqualTo(quota);
    assertThat(own.<Long>path("limitBytes")).isEqualTo(quota);
    assertThat(own.<List<String>>path("workspaces.workspaceId")).containsExactly(workspace);
    assertThat(new Person(issuer).get("/storage").<Integer>path("usedBytes")).isZero();
    assertThat(ofEverybody()).containsEntry(owner.id().toString(), quota);
    badField(counted(session, sandbox, -1), "sandboxes.storage.usedBytes");
    assertThat(gateway.delete("/internal/storage/" + workspace).statusCode()).isEqualTo(204);
    assertThat(storage(gateway.renew(opened.path("sessionId"), box))).isEqualTo(quota);
  }

  /** Bytes by person, as an admin is shown them. */
  private Map<String, Long> ofEverybody() {
    String admin = issuer.token(UUID.randomUUID().toString(), "session-service", "admin");
    List<Map<String, Object>> all =
        RestAssured.given()
            .header("Authorization", "Bearer " + admin)
            .get("/storage/people")
            .jsonPath()
            .getList("");
    return all.stream()
        .collect(
            Collectors.toMap(
                one -> one.get("userId").toString(),
                one -> ((Number) one.get("usedBytes")).longValue()));
  }

  private Response counted(String session, String sandbox, long bytes) {
    Map<String, Object> counted = Map.of("usedBytes", bytes, "full", false);
    return gateway.post(
        "/internal/leases",
        Map.of(
            "sandboxes",
            List.of(Map.of("sessionId", session, "sandboxId", sandbox, "storage", counted))));
  }

  /** What the ticket says. */
  private static long storage(Response renewal) {
    String payload = renewal.<String>path("sessions[0].renewTicket").split("\\.")[1];
    return JsonPath.from(new String(Base64.getUrlDecoder().decode(payload), UTF_8)).getLong("sto");
  }

  @Test
  void isNotRenewedForOtherSandboxesOrSessions() {
    ended(gateway.renew(session, UUID.randomUUID().toString()));
    ended(gateway.renew(UUID.randomUUID().toString(), sandbox));
  }

  @Test
  void isNotRenewedOnceSomebodyLocks() {
    owner.lock(session);
    ended(gateway.renew(session, sandbox));
    gateway.locked(session, "user");
    ended(gateway.renew(session, sandbox));
  }

  @Test
  void manyAreRenewedAtOnceAndNotTooMany() {
    Map<String, String> held = Map.of("sessionId", session, "sandboxId", sandbox);
    Response many =
        gateway.post("/internal/leases", Map.of("sandboxes", Collections.nCopies(64, held)));
    assertThat(many.<List<Boolean>>path("sessions.ended")).hasSize(64).containsOnly(false);
    badField(
        gateway.post("/internal/leases", Map.of("sandboxes", Collections.nCopies(65, held))),
        "sandboxes");
    badField(
        gateway.post("/internal/leases", Map.of("sandboxes", List.of(Map.of("sessionId", "x")))),
        "sandboxes");
    assertThat(gateway.post("/internal/leases", Map.of()).<List<Object>>path("sessions")).isEmpty();
    assertThat(gateway.post("/internal/leases", "{\"sandboxes\":[null]}").statusCode())
        .isEqualTo(400);
  }

  @Test
  void aSessionThatNobodyRenewsIsOver() throws SQLException {
    String other = owner.opening(desk.workspaceOf(owner.id()));
    forget(session, 46);
    forget(other, 10); // Far enough from 45 s for a sweep that comes late.
    Eventually.within(SOON).until("swept", () -> owner.state(session).equals("LOCKED"));
    assertThat(owner.get("/sessions/" + session).<String>path("reason")).isEqualTo("lease-lost");
    assertThat(owner.state(other)).isEqualTo("OPENING");
    try (TopicReader news = new TopicReader(servers.kafka(), "coffer.session.v1")) {
      List<String> events = news.await(3, SOON, event -> event.contains(session));
      assertThat(events.getLast()).contains("session-locked", "\"reason\":\"lease-lost\"");
    }
    assertThat(owner.open(workspace).statusCode()).isEqualTo(201);
  }

  /** A machine that was suspended wakes up, and its gateway is quicker than the sweep. */
  @Test
  void whatNobodyRenewedForTooLongIsNotRenewedAnyMore() throws SQLException {
    String box = UUID.randomUUID().toString();
    String woken = owner.open(desk.workspaceOf(owner.id()), box).path("sessionId");
    gateway.opened(woken);
    forget(woken, 46);
    ended(gateway.renew(woken, box));
    Eventually.within(SOON).until("swept", () -> owner.state(woken).equals("LOCKED"));
    assertThat(gateway.renew(session, sandbox).<Boolean>path("sessions[0].ended")).isFalse();
  }

  private void forget(String id, int seconds) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "update session set renewed_at = now() - make_interval(secs => ?) where id = ?")) {
      update.setInt(1, seconds);
      update.setObject(2, UUID.fromString(id));
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }

  private static void ended(Response renewal) {
    assertThat(renewal.<Boolean>path("sessions[0].ended")).isTrue();
    assertThat(renewal.<String>path("sessions[0].renewTicket")).isNull();
  }
}
