// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.events.Event;
import dev.cofferdam.events.EventCodec;
import dev.cofferdam.events.SessionEvent;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.partidentity.PartName;
import dev.cofferdam.session.SessionServers;
import dev.cofferdam.testkit.Eventually;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TokenIssuer;
import dev.cofferdam.testkit.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is no event to be believed is kept apart and told of, and holds nothing up (rule Q2). */
@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class DeadLettersIT {
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final String TOPIC = "coffer.session.v1";

  Servers servers;
  TokenIssuer issuer;
  Auditor auditor;
  KafkaProducer<String, String> producer;

  private final SessionId session = SessionId.random();
  private final WorkspaceId workspace = WorkspaceId.random();
  private final UserId user = UserId.random();

  @BeforeEach
  void connect() {
    auditor = new Auditor(issuer);
    producer =
        new KafkaProducer<>(
            servers.kafka().clientOf(PartName.STACK).settings(),
            new StringSerializer(),
            new StringSerializer());
  }

  @AfterEach
  void disconnect() {
    producer.close();
  }

  private Event opened(int sequence) {
    return new SessionEvent.Opened(
        UUID.randomUUID(), Instant.now(), session, workspace, user, sequence);
  }

  private Event opening() {
    return new SessionEvent.Opening(UUID.randomUUID(), Instant.now(), session, workspace, user, 1);
  }

  private void tell(PartName teller, Event event) throws Exception {
    producer
        .send(servers.kafka().signed(teller, TOPIC, event.key(), EventCodec.write(event)))
        .get();
  }

  private void awaitRecorded(int entries) {
    Eventually.within(LONGEST).passes(() -> assertThat(ofWorkspace().size()).isEqualTo(entries));
  }

  private List<Map<String, Object>> ofWorkspace() {
    return auditor.entries("workspace=" + workspace);
  }

  private List<String> letters(int count, String word) {
    try (TopicReader dead = new TopicReader(servers.kafka(), DeadLetters.TOPIC)) {
      return dead.await(count, LONGEST, letter -> letter.contains(word));
    }
  }

  private List<String> refusals(int count, String subject) {
    try (TopicReader security = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      return security.await(
          count, LONGEST, event -> event.contains("\"what\":\"event\"") && event.contains(subject));
    }
  }

  @Test
  void whatIsForgedIsKeptApartAndWhatComesAfterIsRecorded() throws Exception {
    Event forged = opened(1);
    producer.send(new ProducerRecord<>(TOPIC, forged.key(), EventCodec.write(forged))).get();
    tell(PartName.WORKSPACE, forged);
    producer.send(new ProducerRecord<>(TOPIC, forged.key(), "x".repeat(30_000))).get();
    String longest = "y" + "\uD83D\uDD12".repeat(10_000) + "\0";
    producer.send(new ProducerRecord<>(TOPIC, longest.substring(0, 999), longest)).get();
    producer.send(new ProducerRecord<>(TOPIC, null, null)).get();
    tell(PartName.SESSION, opening());
    awaitRecorded(1);
    assertThat(ofWorkspace().getFirst()).containsEntry("kind", "session-opening");
    assertThat(letters(2, forged.id().toString()))
        .anyMatch(letter -> letter.contains("\"reason\":\"unsigned\""))
        .anyMatch(letter -> letter.contains("\"reason\":\"no-right\""));
    assertThat(letters(1, "xxxxxxxx").getFirst()).contains("\"topic\":\"" + TOPIC + "\"");
    Eventually.within(LONGEST)
        .passes(
            () ->
                assertThat(auditor.entries("kind=refused").toString())
                    .contains("unsigned", "no-right"));
  }

  @Test
  void anotherEventInATakenPlaceIsKeptApartAndTheSameOneIsNot() throws Exception {
    Event opening = opening();
    Event second = opened(2);
    Event another = opened(2);
    tell(PartName.SESSION, opening);
    tell(PartName.SESSION, second);
    tell(PartName.SESSION, second);
    tell(PartName.SESSION, another);
    tell(PartName.SESSION, opened(3));
    awaitRecorded(3);
    assertThat(letters(1, another.id().toString()).getFirst()).contains("\"repeated\"");
    assertThat(refusals(1, "repeated")).allMatch(event -> event.contains(TOPIC));
    assertThat(ofWorkspace().toString()).doesNotContain(another.id().toString());
  }

  /** A service that has read another's event could otherwise keep it out of the ledger. */
  @Test
  void anEventWithTheIdOfAnotherIsKeptApart() throws Exception {
    Event first = opening();
    Event sameId =
        new SessionEvent.Opening(first.id(), Instant.now(), SessionId.random(), workspace, user, 1);
    tell(PartName.SESSION, first);
    awaitRecorded(1);
    tell(PartName.SESSION, sameId);
    tell(PartName.SESSION, first);
    tell(PartName.SESSION, opened(2));
    awaitRecorded(2);
    assertThat(letters(1, ((SessionEvent) sameId).session().toString()).getFirst())
        .contains("\"repeated\"");
  }

  @Test
  void aGapIsToldOf() throws Exception {
    tell(PartName.SESSION, opening());
    tell(PartName.SESSION, opened(4));
    awaitRecorded(2);
    assertThat(refusals(1, session.toString()).getFirst()).contains("gap-before");
  }
}
