// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.events.Actor;
import dev.cofferdam.events.Envelope;
import dev.cofferdam.events.Event;
import dev.cofferdam.events.EventCodec;
import dev.cofferdam.events.KeySequence;
import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.events.WorkspaceEvent;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.partidentity.PartName;
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
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left out of any topic, or put in the place of another, is noticed (rule Q2). */
@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class HeardSequencesIT {
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final Eventually SOON = Eventually.within(LONGEST);

  @Inject DataSource database;
  Servers servers;
  TokenIssuer issuer;
  GrantDesk desk;
  Auditor auditor;
  KafkaProducer<String, String> producer;

  private final WorkspaceId workspace = WorkspaceId.random();
  private final UserId user = UserId.random();
  private final UUID chain = UUID.randomUUID();

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

  private Event created(String name) {
    return new WorkspaceEvent.Created(UUID.randomUUID(), Instant.now(), workspace, user, name);
  }

  private Event ended() {
    return new SecurityEvent.SignInEnded(
        UUID.randomUUID(), Instant.now(), user, UUID.randomUUID(), "signed-out");
  }

  private void tell(PartName teller, Event event, UUID count, long number) throws Exception {
    KeySequence place = new KeySequence(count, number);
    tell(teller, new Envelope(event, Actor.NOBODY, Optional.of(place)));
  }

  private void tell(PartName teller, Envelope told) throws Exception {
    Event event = told.event();
    producer
        .send(
            servers
                .kafka()
                .signed(teller, event.topic().wireName(), event.key(), EventCodec.write(told)))
        .get();
  }

  private List<Map<String, Object>> recorded() {
    return auditor.entries("workspace=" + workspace);
  }

  private void awaitRecorded(int entries) {
    SOON.passes(() -> assertThat(recorded()).hasSize(entries));
  }

  private List<Map<String, Object>> gaps(Object about) {
    return auditor.entries("kind=refused").stream()
        .filter(entry -> entry.get("subject").equals(about.toString()))
        .toList();
  }

  private void assertGap(Object about) {
    SOON.passes(
        () ->
            assertThat(gaps(about))
                .anySatisfy(entry -> assertThat(entry).containsEntry("reason", "gap-before")));
  }

  /** A gap takes a while to be told of; one that was made last is told of behind all others. */
  private void assertNoGap(Object about) throws Exception {
    UserId last = UserId.random();
    Event behind =
        new SecurityEvent.SignInEnded(
            UUID.randomUUID(), Instant.now(), last, UUID.randomUUID(), "signed-out");
    tell(PartName.AUTH, behind, UUID.randomUUID(), 2);
    assertGap(last);
    assertThat(gaps(about)).isEmpty();
  }

  @Test
  void aGapOfAWorkspaceIsToldOfAndWhatComesBehindIsTaken() throws Exception {
    tell(PartName.WORKSPACE, created("1"), chain, 1);
    tell(PartName.WORKSPACE, created("2"), chain, 2);
    awaitRecorded(2);
    assertNoGap(workspace);
    Event behind = created("4");
    tell(PartName.WORKSPACE, behind, chain, 4);
    awaitRecorded(3);
    assertGap(workspace);
    assertThat(gaps(workspace)).as("told of once").hasSize(1);
    try (TopicReader dead = new TopicReader(servers.kafka(), DeadLetters.TOPIC)) {
      assertThat(dead.await(1, LONGEST, l -> l.contains(behind.id().toString())))
          .allMatch(letter -> letter.contains("\"reason\":\"gap-before\""));
    }
  }

  /** It takes rights away: that it is heard of is worth more than what is missing before it. */
  @Test
  void anEndBehindAGapIsTaken() throws Exception {
    tell(PartName.AUTH, ended(), chain, 7);
    SOON.passes(() -> assertThat(auditor.entries("kind=sign-in-ended&actor=" + user)).hasSize(1));
    assertGap(user);
  }

  @Test
  void anotherEventInATakenPlaceIsADeadLetterAndTheSameOnceMoreIsNot() throws Exception {
    Event first = created("1");
    Event other = created("other");
    tell(PartName.WORKSPACE, first, chain, 1);
    tell(PartName.WORKSPACE, created("2"), chain, 2);
    tell(PartName.WORKSPACE, first, chain, 1);
    tell(PartName.WORKSPACE, other, chain, 1);
    tell(PartName.WORKSPACE, created("3"), chain, 3);
    awaitRecorded(3);
    try (TopicReader dead = new TopicReader(servers.kafka(), DeadLetters.TOPIC)) {
      List<String> letters = dead.await(1, LONGEST, l -> l.contains(other.id().toString()));
      assertThat(letters.getFirst()).contains("\"repeated\"", "coffer.workspace.v1");
      assertThat(dead.await(0, LONGEST, l -> l.contains(first.id().toString()))).isEmpty();
    }
    assertNoGap(workspace);
  }

  @Test
  void anotherChainBeginsAtOne() throws Exception {
    tell(PartName.WORKSPACE, created("1"), chain, 1);
    tell(PartName.WORKSPACE, created("2"), UUID.randomUUID(), 1);
    awaitRecorded(2);
    assertNoGap(workspace);
    tell(PartName.WORKSPACE, created("3"), UUID.randomUUID(), 2);
    assertGap(workspace);
  }

  /** Each counts its own: what one tells does not stand in the place of another's. */
  @Test
  void tellersOfOneKeyAreCountedApart() throws Exception {
    for (PartName teller : List.of(PartName.AUTH, PartName.SESSION, PartName.WORKSPACE)) {
      Event refused =
          new SecurityEvent.Refused(
              UUID.randomUUID(), Instant.now(), "route-refused", "not-yours", user.toString());
      tell(teller, refused, chain, 1);
    }
    SOON.passes(() -> assertThat(gaps(user)).hasSize(3));
    assertThat(gaps(user))
        .allSatisfy(entry -> assertThat(entry).containsEntry("reason", "not-yours"));
  }

  @Test
  void whatWasToldBeforeThereWereCountsIsTaken() throws Exception {
    tell(PartName.WORKSPACE, Envelope.of(created("before")));
    tell(PartName.WORKSPACE, created("1"), chain, 1);
    tell(PartName.WORKSPACE, Envelope.of(created("an older replica's")));
    tell(PartName.WORKSPACE, created("2"), chain, 2);
    awaitRecorded(4);
    assertNoGap(workspace);
  }

  /** Somebody who has kept records could raise an alarm with each of them. */
  @Test
  void anOldRecordOfAChainThatWasForgottenChangesNothing() throws Exception {
    Event first = created("1");
    Event second = created("2");
    tell(PartName.WORKSPACE, first, chain, 1);
    tell(PartName.WORKSPACE, second, chain, 2);
    awaitRecorded(2);
    forgetWhatWasHeard();
    UUID next = UUID.randomUUID();
    tell(PartName.WORKSPACE, created("3"), next, 1);
    tell(PartName.WORKSPACE, second, chain, 2);
    tell(PartName.WORKSPACE, created("4"), next, 2);
    awaitRecorded(4);
    assertNoGap(workspace);
  }

  /** Its opening is in the ledger before it is told. */
  @Test
  void aSessionLeavesNoGap() throws Exception {
    Person owner = new Person(issuer);
    Gateway gateway = new Gateway(servers);
    String opened = desk.workspaceOf(owner.id());
    for (int turn = 1; turn <= 2; turn++) {
      String session = owner.opening(opened);
      gateway.opened(session);
      gateway.locked(session, "user");
      int entries = 3 * turn;
      SOON.until("its entries", () -> auditor.entries("workspace=" + opened).size() == entries);
      assertNoGap(session);
    }
    assertNoGap(opened);
  }

  private void forgetWhatWasHeard() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement forget =
            connection.prepareStatement("delete from heard_sequence where key = ?")) {
      forget.setString(1, workspace.toString());
      forget.executeUpdate();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "a\ud800b", "a\u001bb"})
  void aKeyThatNoDatabaseTakesStopsNothing(String subject) throws Exception {
    tellRefused(subject);
    tellRefused("y".repeat(3000));
    tell(PartName.WORKSPACE, created("1"), chain, 1);
    awaitRecorded(1);
  }

  private void tellRefused(String subject) throws Exception {
    Event refused =
        new SecurityEvent.Refused(
            UUID.randomUUID(), Instant.now(), "route-refused", "not-yours", subject);
    tell(PartName.WORKSPACE, refused, chain, 1);
  }
}
