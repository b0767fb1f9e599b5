// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.events.Event;
import dev.cofferdam.events.EventCodec;
import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.events.SessionEvent;
import dev.cofferdam.gateway.signin.Browser;
import dev.cofferdam.gateway.signin.BrowserKey;
import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.partidentity.PartName;
import dev.cofferdam.testkit.BaoServer;
import dev.cofferdam.testkit.Eventually;
import dev.cofferdam.testkit.KafkaServer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events as they come out of a real Kafka. */
class EventFeedIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  private static BaoServer bao;
  private static KafkaServer kafka;
  private static KafkaProducer<String, String> producer;

  private final Vertx vertx = Vertx.vertx();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final UserId user = UserId.random();
  private final List<Optional<PageEvent>> heard = new CopyOnWriteArrayList<>();
  private final List<SecurityEvent> revoked = new CopyOnWriteArrayList<>();
  private EventFeed feed;

  @BeforeAll
  static void startKafka() {
    bao = BaoServer.start();
    kafka = KafkaServer.start(bao);
    Properties settings = kafka.clientOf(PartName.STACK).settings();
    settings.put("delivery.timeout.ms", "120000");
    producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
  }

  @AfterAll
  static void stopKafka() {
    producer.close(Duration.ZERO);
    kafka.close();
    bao.close();
  }

  @BeforeEach
  void listen() {
    Listeners listeners = new Listeners(vertx);
    Browser browser =
        new Browser(
            new BrowserKey("a".repeat(64)),
            UUID.randomUUID(),
            user,
            "owner",
            Role.OWNER,
            Optional.empty(),
            Instant.now().plusSeconds(3600));
    listeners.listen(browser).subscribe().with(heard::add, failure -> {}, ended::countDown);
    feed =
        new EventFeed(
            listeners,
            Optional.of(kafka.clientOf(PartName.GATEWAY)),
            revoked::add,
            user -> Optional.of("ada"),
            e -> {});
    feed.start(new StartupEvent());
    Eventually.within(SOON)
        .until(
            "the feed follows",
            () -> {
              publish(user);
              return heard.stream().anyMatch(Optional::isPresent);
            });
  }

  @AfterEach
  void stop() {
    feed.stop(new ShutdownEvent());
    vertx.close();
  }

  private static SessionId publish(UserId of) {
    SessionId session = SessionId.random();
    Event event =
        new SessionEvent.Opening(
            UUID.randomUUID(), Instant.now(), session, WorkspaceId.random(), of, 1);
    producer.send(
        kafka.signed(
            PartName.SESSION, event.topic().wireName(), event.key(), EventCodec.write(event)));
    producer.flush();
    return session;
  }

  private boolean hasHeardOf(SessionId session) {
    return heard.toString().contains(session.toString());
  }

  @Test
  void tellsWhatIsPublishedFromNowOnAndPassesOverTheRest() {
    producer.send(new ProducerRecord<>("coffer.session.v1", "k", "{\"v\":99}"));
    SessionId another = publish(UserId.random());
    SessionId own = publish(user);
    Eventually.within(SOON).until("own", () -> hasHeardOf(own));
    assertThat(hasHeardOf(another)).isFalse();
  }

  @Test
  void passesOnWhichSignInsWereEnded() {
    SecurityEvent ended =
        new SecurityEvent.SignInEnded(
            UUID.randomUUID(),
            Instant.now().truncatedTo(ChronoUnit.MILLIS),
            user,
            UUID.randomUUID(),
            "ended-elsewhere");
    producer.send(
        kafka.signed(
            PartName.AUTH, ended.topic().wireName(), ended.key(), EventCodec.write(ended)));
    producer.flush();
    Eventually.within(SOON).until("told", () -> revoked.contains(ended));
  }

  @Test
  void tellsAnOwnerThatAlertsHaveChanged() {
    SecurityEvent raised =
        new SecurityEvent.AlertRaised(
            UUID.randomUUID(), Instant.now(), UUID.randomUUID(), "many-refusals", "");
    producer.send(
        kafka.signed(
            PartName.SESSION, raised.topic().wireName(), raised.key(), EventCodec.write(raised)));
    producer.flush();
    Eventually.within(SOON)
        .until("told", () -> heard.contains(Optional.of(PageEvent.alertsChanged())));
  }

  @Test
  void goesOnWhenKafkaIsBack() {
    kafka.kill();
    kafka.restart();
    SessionId own = publish(user);
    Eventually.within(Duration.ofSeconds(5)).until("own", () -> hasHeardOf(own));
  }

  /** They ask for themselves then, until it is back. */
  @Test
  void endsWhatPagesFollowWhileKafkaIsAway() throws Exception {
    kafka.kill();
    try {
      Eventually.within(Duration.ofSeconds(5)).until("it is missed", () -> !feed.isCurrent());
      feed.look();
      assertThat(ended.await(1, TimeUnit.SECONDS)).isTrue();
    } finally {
      kafka.restart();
    }
    Eventually.within(Duration.ofSeconds(5)).until("it is there again", feed::isCurrent);
  }

  @Test
  void tellsEveryGateway() {
    List<Optional<PageEvent>> second = new CopyOnWriteArrayList<>();
    Listeners others = new Listeners(vertx);
    others
        .listen(
            new Browser(
                new BrowserKey("b".repeat(64)),
                UUID.randomUUID(),
                user,
                "owner",
                Role.OWNER,
                Optional.empty(),
                Instant.now().plusSeconds(3600)))
        .subscribe()
        .with(second::add);
    EventFeed other =
        new EventFeed(
            others,
            Optional.of(kafka.clientOf(PartName.GATEWAY)),
            e -> {},
            user -> Optional.empty(),
            e -> {});
    other.start(new StartupEvent());
    try {
      Eventually.within(SOON)
          .until(
              "the other follows",
              () -> {
                publish(user);
                return second.stream().anyMatch(Optional::isPresent);
              });
      SessionId own = publish(user);
      Eventually.within(SOON).until("one", () -> hasHeardOf(own));
      Eventually.within(SOON).until("the other", () -> second.toString().contains(own.toString()));
    } finally {
      other.stop(new ShutdownEvent());
    }
  }
}
