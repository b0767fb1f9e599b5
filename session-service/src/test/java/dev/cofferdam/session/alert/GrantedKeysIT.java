// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.alert;

import static dev.cofferdam.session.Answers.refused;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.events.Event;
import dev.cofferdam.events.EventCodec;
import dev.cofferdam.events.WorkspaceEvent;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.partidentity.PartName;
import dev.cofferdam.session.GrantDesk;
import dev.cofferdam.session.Person;
import dev.cofferdam.session.SessionServers;
import dev.cofferdam.testkit.Eventually;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TokenIssuer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A key that is granted beside an opening shows itself. */
@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class GrantedKeysIT {
  private static final Eventually SOON = Eventually.within(Duration.ofSeconds(20));
  private static final String NOT_ASKED_FOR = "key-not-asked-for";
  private static final String UNUSED = "key-unused";

  @Inject DataSource database;
  Servers servers;
  TokenIssuer issuer;
  GrantDesk desk;
  Person owner;
  String workspace;
  KafkaProducer<String, String> producer;

  @BeforeEach
  void connect() {
    owner = new Person(issuer);
    workspace = desk.workspaceOf(owner.id());
    producer =
        new KafkaProducer<>(
            servers.kafka().clientOf(PartName.STACK).settings(),
            new StringSerializer(),
            new StringSerializer());
  }

  @AfterEach
  void disconnect() {
    desk.vaultIsAway(false);
    producer.close();
  }

  private void granted(String of, String session) throws Exception {
    Event event =
        new WorkspaceEvent.KeyGranted(
            UUID.randomUUID(),
            Instant.now(),
            WorkspaceId.parse(of),
            UserId.parse(owner.id().toString()),
            SessionId.parse(session));
    producer
        .send(
            servers
                .kafka()
                .signed(
                    PartName.WORKSPACE,
                    event.topic().wireName(),
                    event.key(),
                    EventCodec.write(event)))
        .get();
  }

  private List<Map<String, Object>> alerts(String rule, String about) {
    String token = issuer.token(UUID.randomUUID().toString(), "session-service", "auditor");
    List<Map<String, Object>> all =
        given()
            .header("Authorization", "Bearer " + token)
            .get("/alerts?limit=200&state=open")
            .jsonPath()
            .getList("alerts");
    return all.stream()
        .filter(alert -> alert.get("rule").equals(rule) && alert.get("about").equals(about))
        .toList();
  }

  private void assertNoneSoFar(String rule) throws Exception {
    String other = UUID.randomUUID().toString();
    granted(other, UUID.randomUUID().toString());
    SOON.until("what came behind it", () -> !alerts(NOT_ASKED_FOR, other).isEmpty());
    assertThat(alerts(rule, workspace)).isEmpty();
  }

  @Test
  void aGrantThatNothingAskedForIsToldAtOnce() throws Exception {
    String session = UUID.randomUUID().toString();
    granted(workspace, session);
    SOON.until("the alert", () -> !alerts(NOT_ASKED_FOR, workspace).isEmpty());
    assertThat(alerts(NOT_ASKED_FOR, workspace).getFirst())
        .containsEntry("severity", "critical")
        .containsEntry("subject", session)
        .containsEntry("actor", owner.id().toString());
  }

  @Test
  void aSecondGrantForAnOpenSessionIsTold() throws Exception {
    String session = owner.opening(workspace);
    granted(workspace, session);
    assertNoneSoFar(NOT_ASKED_FOR);
    granted(workspace, session);
    SOON.until("the alert", () -> !alerts(NOT_ASKED_FOR, workspace).isEmpty());
  }

  /** Which session-service itself would have refused. */
  @Test
  void aGrantForAnotherSessionOfAnOpenWorkspaceIsTold() throws Exception {
    granted(workspace, owner.opening(workspace));
    granted(workspace, UUID.randomUUID().toString());
    SOON.until("the alert", () -> !alerts(NOT_ASKED_FOR, workspace).isEmpty());
    assertThat(alerts(NOT_ASKED_FOR, workspace).getFirst()).containsEntry("count", 1);
  }

  @Test
  void aGrantForAnotherWorkspaceThanWasAskedForIsTold() throws Exception {
    String other = desk.workspaceOf(owner.id());
    granted(other, owner.opening(workspace));
    SOON.until("the alert", () -> !alerts(NOT_ASKED_FOR, other).isEmpty());
  }

  @Test
  void aKeyThatOpenedNothingIsToldAfterAMinute() throws Exception {
    String session = UUID.randomUUID().toString();
    change("insert into asked_key values (?, ?, now())", session, workspace);
    granted(workspace, session);
    SOON.until("it waits", () -> asked("entry is not null") == 1);
    assertNoneSoFar(UNUSED);
    change(
        "update asked_key set granted_at = granted_at - interval '60 s' where session_id = ?",
        session);
    SOON.until("the alert", () -> !alerts(UNUSED, workspace).isEmpty());
    assertThat(alerts(UNUSED, workspace).getFirst())
        .containsEntry("severity", "warning")
        .containsEntry("subject", session);
    assertThat(alerts(UNUSED, workspace).getFirst().get("entry")).isNotNull();
    assertNoneSoFar(NOT_ASKED_FOR);
  }

  @Test
  void aSessionThatOpenedLaterThanItsGrantWasToldRaisesNothing() throws Exception {
    String session = owner.opening(workspace);
    change(
        "update asked_key set entry = 1, granted_at = now() - interval '61 s' where session_id = ?",
        session);
    SOON.until("it was looked at", () -> asked("true") == 0);
    assertNoneSoFar(UNUSED);
  }

  @Test
  void whatServicesKnowThatItDidNotOpenRaisesNothing() throws Exception {
    desk.vaultIsAway(true);
    refused(owner.open(workspace), 503, "unavailable");
    assertThat(asked("dropped")).isEqualTo(1);
    granted(workspace, only("select session_id from asked_key where workspace_id = ?"));
    SOON.until("it was looked at", () -> asked("true") == 0);
    assertNoneSoFar(NOT_ASKED_FOR);
  }

  @Test
  void whatWasRefusedIsForgottenAtOnce() throws Exception {
    String foreign = desk.workspaceOf(UUID.randomUUID());
    refused(owner.open(foreign), 404, "not-found");
    workspace = foreign;
    assertThat(asked("true")).isZero();
  }

  private long asked(String which) {
    return Long.parseLong(
        only("select count(*) from asked_key where workspace_id = ? and " + which));
  }

  private String only(String query) {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(query)) {
      select.setObject(1, UUID.fromString(workspace));
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void change(String statement, String... ids) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement change = connection.prepareStatement(statement)) {
      for (int i = 0; i < ids.length; i++) {
        change.setObject(i + 1, UUID.fromString(ids[i]));
      }
      change.executeUpdate();
    }
  }
}
