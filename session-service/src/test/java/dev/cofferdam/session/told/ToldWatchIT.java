// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.told;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.events.Actor;
import dev.cofferdam.events.Envelope;
import dev.cofferdam.events.Event;
import dev.cofferdam.events.EventCodec;
import dev.cofferdam.events.KeySequence;
import dev.cofferdam.events.WorkspaceEvent;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.partidentity.PartName;
import dev.cofferdam.session.GrantDesk;
import dev.cofferdam.session.Person;
import dev.cofferdam.session.SessionServers;
import dev.cofferdam.session.audit.DeadLetters;
import dev.cofferdam.testkit.Eventually;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TokenIssuer;
import dev.cofferdam.testkit.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is missing at the end of a chain, behind which nothing comes. */
@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class ToldWatchIT {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Eventually SOON = Eventually.within(LONGEST);
  private static final String TOPIC = "coffer.workspace.v1";

  @Inject ToldWatch watch;
  @Inject Tellers tellers;
  @Inject ReadEnds ends;
  @Inject ToldBook book;
  @Inject DeadLetters dead;
  @Inject DataSource database;
  Servers servers;
  TokenIssuer issuer;
  GrantDesk desk;
  KafkaProducer<String, String> producer;

  private final WorkspaceId workspace = WorkspaceId.random();
  private final UUID chain = UUID.randomUUID();

  @BeforeEach
  void connect() {
    producer =
        new KafkaProducer<>(
            servers.kafka().clientOf(PartName.STACK).settings(),
            new StringSerializer(),
            new StringSerializer());
    watch.look(PartName.WORKSPACE);
  }

  @AfterEach
  void disconnect() {
    producer.close();
  }

  private void tell(long number) throws Exception {
    Event event =
        new WorkspaceEvent.Created(
            UUID.randomUUID(), Instant.now(), workspace, UserId.random(), "told");
    Envelope told = new Envelope(event, Actor.NOBODY, Optional.of(new KeySequence(chain, number)));
    producer
        .send(
            servers.kafka().signed(PartName.WORKSPACE, TOPIC, event.key(), EventCodec.write(told)))
        .get();
  }

  private List<Map<String, Object>> alerts(Object about) {
    String token = issuer.token(UUID.randomUUID().toString(), "session-service", "auditor");
    List<Map<String, Object>> all =
        given()
            .header("Authorization", "Bearer " + token)
            .get("/alerts?limit=200&state=open")
            .jsonPath()
            .getList("alerts");
    return all.stream()
        .filter(alert -> alert.get("rule").equals("event-gap"))
        .filter(alert -> alert.get("about").equals(about.toString()))
        .toList();
  }

  /** Another one that is missing, and told of behind all that was found before. */
  private void assertNoAlert() {
    String other = UUID.randomUUID().toString();
    desk.hasTold(TOPIC, other, UUID.randomUUID(), 1);
    awaitAlert(other);
    assertThat(alerts(workspace)).isEmpty();
  }

  private Map<String, Object> awaitAlert(Object about) {
    SOON.until(
        "the alert about " + about,
        () -> {
          watch.look(PartName.WORKSPACE);
          return !alerts(about).isEmpty();
        });
    return alerts(about).getFirst();
  }

  @Test
  void anEventThatNeverComesIsMissedWithoutAnotherOne() throws Exception {
    tell(1);
    desk.hasTold(TOPIC, workspace.toString(), chain, 1);
    assertNoAlert();
    desk.hasTold(TOPIC, workspace.toString(), chain, 3);
    assertThat(awaitAlert(workspace))
        .containsEntry("severity", "critical")
        .containsEntry("detail", "the newest of its events never came: event, 2 times");
    try (TopicReader letters = new TopicReader(servers.kafka(), DeadLetters.TOPIC)) {
      assertThat(letters.await(1, LONGEST, letter -> letter.contains(chain.toString())))
          .singleElement()
          .asString()
          .contains("\"gap-after\"", TOPIC, "has told 3", "of which 1 came");
    }
  }

  /** Not even its first. */
  @Test
  void aKeyOfWhichNothingCameIsMissed() {
    desk.hasTold(TOPIC, workspace.toString(), chain, 1);
    awaitAlert(workspace);
  }

  @Test
  void whatIsMissingIsToldOfOnceAlsoOverARestart() {
    desk.hasTold(TOPIC, workspace.toString(), chain, 1);
    awaitAlert(workspace);
    new ToldWatch(tellers, ends, book, dead).look(PartName.WORKSPACE);
    assertNoAlertMoreThan(1);
  }

  private void assertNoAlertMoreThan(int times) {
    String other = UUID.randomUUID().toString();
    desk.hasTold(TOPIC, other, UUID.randomUUID(), 1);
    awaitAlert(other);
    assertThat(alerts(workspace).getFirst()).containsEntry("count", times);
  }

  /** One that was found missing, and not told of yet, as the reader was behind. */
  @Test
  void aReaderThatIsSlowIsWaitedForAlsoOverARestart() throws Exception {
    try (Connection connection = database.getConnection();
        Statement lock = connection.createStatement()) {
      connection.setAutoCommit(false);
      lock.execute("lock table heard_sequence in exclusive mode");
      tell(1);
      desk.hasTold(TOPIC, workspace.toString(), chain, 1);
      for (ToldWatch each : List.of(watch, new ToldWatch(tellers, ends, book, dead), watch)) {
        each.look(PartName.WORKSPACE);
      }
      assertThat(alerts(workspace)).isEmpty();
      connection.rollback();
    }
    assertNoAlert();
  }

  @Test
  void whatComesLateAllTheSameIsRecorded() throws Exception {
    desk.hasTold(TOPIC, workspace.toString(), chain, 1);
    awaitAlert(workspace);
    tell(1);
    SOON.until("it is heard", () -> heard() == 1);
    desk.hasTold(TOPIC, workspace.toString(), chain, 1);
    assertNoAlertMoreThan(1);
  }

  @Test
  void manyAtOnceAreNamedInPart() {
    desk.hasTold(TOPIC, workspace.toString(), chain, 1);
    for (int i = 0; i < ToldWatch.MOST_NAMED + 4; i++) {
      desk.hasTold(TOPIC, "zz" + UUID.randomUUID(), UUID.randomUUID(), 1);
    }
    awaitAlert(workspace);
    SOON.until("the others", () -> !alerts("5 other keys of workspace-service").isEmpty());
  }

  /** It counts and tells for real, and asks itself in its own database. */
  @Test
  void whatThisServiceTellsIsHeardAndWhatIsTakenAwayIsMissed() throws Exception {
    watch.look(PartName.SESSION);
    Person owner = new Person(issuer);
    String opened = desk.workspaceOf(owner.id());
    owner.opening(opened);
    settle(opened);
    SOON.until("it was looked at", () -> passed(opened));
    assertThat(alerts(opened)).isEmpty();
    execute("update outbox_sequence set number = number + 1 where key = '" + opened + "'");
    execute("update told_mark set at = at - interval '60 s' where teller = 'session'");
    SOON.until(
        "the alert",
        () -> {
          watch.look(PartName.SESSION);
          return !alerts(opened).isEmpty();
        });
  }

  /** As if ten seconds had passed. */
  private void settle(String key) throws SQLException {
    execute("update told_mark set at = at - interval '60 s' where teller = 'session'");
    execute(
        "update outbox_sequence set told_at = told_at - interval '11 s' where key = '" + key + "'");
  }

  private boolean passed(String key) {
    watch.look(PartName.SESSION);
    return number(
            "select count(*) from told_mark, outbox_sequence counted where teller = 'session'"
                + " and counted.key = '"
                + key
                + "' and at >= told_at")
        == 1;
  }

  private long heard() {
    return number(
        "select coalesce(max(number), 0) from heard_sequence where chain = '" + chain + "'");
  }

  private long number(String query) {
    try (Connection connection = database.getConnection();
        Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void execute(String statement) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement change = connection.createStatement()) {
      change.executeUpdate(statement);
    }
  }
}
