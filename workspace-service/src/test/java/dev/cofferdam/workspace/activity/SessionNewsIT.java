// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.workspace.activity;

import static dev.cofferdam.workspace.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.events.Event;
import dev.cofferdam.events.EventCodec;
import dev.cofferdam.events.SessionEvent;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.partidentity.PartName;
import dev.cofferdam.testkit.Eventually;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TokenIssuer;
import dev.cofferdam.workspace.Person;
import dev.cofferdam.workspace.WorkspaceServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** "Open now, last opened, by whom" is what session events tell, each counted once. */
@QuarkusTest
@QuarkusTestResource(WorkspaceServers.class)
class SessionNewsIT {
  private static final Eventually SOON = Eventually.within(Duration.ofSeconds(20));

  private final SessionId session = SessionId.random();
  private final Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  Servers servers;
  TokenIssuer issuer;
  Person owner;
  String id;
  KafkaProducer<String, String> producer;

  @BeforeEach
  void make() {
    owner = new Person(issuer);
    id = owner.create("watched");
    producer =
        new KafkaProducer<>(
            servers.kafka().clientOf(PartName.SESSION).settings(),
            new StringSerializer(),
            new StringSerializer());
  }

  @AfterEach
  void close() {
    producer.close();
  }

  @Test
  void anOpenedSessionIsSeen() throws Exception {
    send(opened());
    SOON.until("open", () -> isOpen());
    Response seen = owner.get("/workspaces/" + id);
    assertThat(seen.<String>path("lastOpenedBy")).isEqualTo(owner.id().toString());
    assertThat(Instant.parse(seen.path("lastOpenedAt"))).isEqualTo(at);
    assertThat(seen.<Boolean>path("initialised")).isTrue();
    assertThat(owner.grant(servers, id).<Boolean>path("firstOpen")).isFalse();
  }

  @Test
  void anOpenWorkspaceIsNotDeleted() throws Exception {
    send(opened());
    SOON.until("open", () -> isOpen());
    refused(owner.delete("/workspaces/" + id, Map.of("name", "watched")), 409, "workspace-open");
    send(locked());
    SOON.until("locked", () -> !isOpen());
    assertThat(owner.delete("/workspaces/" + id, Map.of("name", "watched")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void aRepeatedEventIsCountedOnce() throws Exception {
    SessionEvent.Opened opened = opened();
    send(opened);
    SOON.until("open", () -> isOpen());
    send(locked());
    SOON.until("locked", () -> !isOpen());
    send(opened);
    send(opened);
    // Behind the repeats in the same partition: when this is seen, they were as well.
    Instant later = at.plusSeconds(60);
    send(new SessionEvent.Opened(UUID.randomUUID(), later, session, workspace(), user(), 5));
    send(locked());
    SOON.until("the later one", () -> later.equals(lastOpened()) && !isOpen());
    send(opened);
    send(marker());
    SOON.until("the marker", () -> seenMarker());
    assertThat(lastOpened()).isEqualTo(later);
    assertThat(isOpen()).isFalse();
  }

  @Test
  void aClockThatWasSetBackClosesNothingThatIsOpen() throws Exception {
    SessionId next = SessionId.random();
    Instant earlier = at.minusSeconds(3600);
    send(opened());
    send(locked());
    send(new SessionEvent.Opened(UUID.randomUUID(), earlier, next, workspace(), user(), 2));
    send(marker());
    SOON.until("the marker", () -> seenMarker());
    assertThat(isOpen()).isTrue();
    assertThat(lastOpened()).isEqualTo(earlier);
    refused(owner.delete("/workspaces/" + id, Map.of("name", "watched")), 409, "workspace-open");
    send(
        new SessionEvent.Locked(
            UUID.randomUUID(), earlier.plusSeconds(5), next, workspace(), user(), 4, "user"));
    SOON.until("locked", () -> !isOpen());
  }

  @Test
  void theEndOfAnOlderSessionChangesNothing() throws Exception {
    send(opened());
    send(
        new SessionEvent.Opened(
            UUID.randomUUID(), at.plusSeconds(60), SessionId.random(), workspace(), user(), 2));
    send(locked());
    send(marker());
    SOON.until("the marker", () -> seenMarker());
    assertThat(isOpen()).isTrue();
  }

  @Test
  void aFailedOpeningStandsInNobodysWayHoweverClocksAreSet() throws Exception {
    owner.grant(servers, id, session.toString());
    send(failed(Instant.now().minusSeconds(3600)));
    send(marker());
    SOON.until("the marker", () -> seenMarker());
    assertThat(owner.delete("/workspaces/" + id, Map.of("name", "watched")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void whatOpensIsNotDeletedBecauseAnotherSessionEnded() throws Exception {
    owner.grant(servers, id, SessionId.random().toString());
    send(failed(Instant.now().plusSeconds(3600)));
    send(marker());
    SOON.until("the marker", () -> seenMarker());
    refused(owner.delete("/workspaces/" + id, Map.of("name", "watched")), 409, "workspace-open");
  }

  private SessionEvent.Locked failed(Instant when) {
    return new SessionEvent.Locked(
        UUID.randomUUID(), when, session, workspace(), user(), 2, "damaged");
  }

  /** Kafka lets nobody else write there; whoever gets past that still can't sign (rule Q2). */
  @Test
  void whatSessionServiceDidNotSignIsPassedOver() throws Exception {
    String value = EventCodec.write(opened());
    producer.send(record(PartName.AUTH, workspace().toString(), value)).get();
    producer
        .send(new ProducerRecord<>("coffer.session.v1", 0, workspace().toString(), value))
        .get();
    producer.send(record(PartName.SESSION, UUID.randomUUID().toString(), value)).get();
    send(marker());
    SOON.until("the marker", () -> seenMarker());
    assertThat(isOpen()).isFalse();
  }

  @Test
  void whatIsNoEventIsPassedOver() throws Exception {
    for (String value :
        List.of(
            "no json",
            "{\"v\":1,\"type\":\"session-eaten\"}",
            EventCodec.write(opened()).replace("\"v\":1", "\"v\":9"))) {
      producer.send(record(PartName.SESSION, workspace().toString(), value)).get();
    }
    assertThat(isOpen()).isFalse();
    send(opened());
    SOON.until("open", () -> isOpen());
  }

  @Test
  void newsOfAWorkspaceThatIsGoneHarmNobody() throws Exception {
    send(
        new SessionEvent.Locked(
            UUID.randomUUID(), at, session, WorkspaceId.random(), user(), 4, "user"));
    send(opened());
    SOON.until("open", () -> isOpen());
  }

  @Test
  void newsInTheNameOfSomebodyWhoMayNotOpenItChangeNothing() throws Exception {
    send(
        new SessionEvent.Opened(
            UUID.randomUUID(), at, SessionId.random(), workspace(), UserId.random(), 2));
    send(marker());
    SOON.until("the marker", () -> seenMarker());
    assertThat(isOpen()).isFalse();
    assertThat(lastOpened()).isEqualTo(Instant.EPOCH);
  }

  /** A workspace of its own, of which a later event tells that everything before was read. */
  private String markerWorkspace;

  private Event marker() {
    markerWorkspace = owner.create("marker");
    return new SessionEvent.Opened(
        UUID.randomUUID(), at, SessionId.random(), WorkspaceId.parse(markerWorkspace), user(), 2);
  }

  private boolean seenMarker() {
    return owner.get("/workspaces/" + markerWorkspace).<Boolean>path("openNow");
  }

  private boolean isOpen() {
    return owner.get("/workspaces/" + id).<Boolean>path("openNow");
  }

  private Instant lastOpened() {
    String text = owner.get("/workspaces/" + id).path("lastOpenedAt");
    return text == null ? Instant.EPOCH : Instant.parse(text);
  }

  private SessionEvent.Opened opened() {
    return new SessionEvent.Opened(UUID.randomUUID(), at, session, workspace(), user(), 2);
  }

  private SessionEvent.Locked locked() {
    return new SessionEvent.Locked(
        UUID.randomUUID(), at.plusSeconds(5), session, workspace(), user(), 4, "user");
  }

  private WorkspaceId workspace() {
    return WorkspaceId.parse(id);
  }

  private UserId user() {
    return UserId.parse(owner.id().toString());
  }

  private void send(Event event) throws Exception {
    producer.send(record(PartName.SESSION, event.key(), EventCodec.write(event))).get();
  }

  /** All in one partition, so that order is order. */
  private ProducerRecord<String, String> record(PartName teller, String key, String value) {
    ProducerRecord<String, String> told =
        servers.kafka().signed(teller, "coffer.session.v1", key, value);
    return new ProducerRecord<>(told.topic(), 0, told.key(), told.value(), told.headers());
  }
}
