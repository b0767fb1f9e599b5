// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.events.Event;
import dev.cofferdam.events.EventCodec;
import dev.cofferdam.events.SessionEvent;
import dev.cofferdam.events.Topic;
import dev.cofferdam.eventtrust.EventRefused.Reason;
import dev.cofferdam.eventtrust.OnwardClock;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.partidentity.PartName;
import dev.cofferdam.testkit.BaoServer;
import dev.cofferdam.testkit.Eventually;
import dev.cofferdam.testkit.KafkaServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events that waited while the wall clock of their reader was set back are not lost. */
class ClockSetBackIT {
  private static final Eventually SOON = Eventually.within(Duration.ofSeconds(30));
  private static final Duration HOUR = Duration.ofHours(1);

  private static BaoServer bao;
  private static KafkaServer kafka;

  private final List<Event> taken = new CopyOnWriteArrayList<>();
  private final List<Reason> dead = new CopyOnWriteArrayList<>();

  /** Of the reader's wall clock, against the teller's. */
  private final AtomicLong aheadMillis = new AtomicLong();

  private final AtomicLong looks = new AtomicLong();
  private EventLoop loop;

  @BeforeAll
  static void startServers() {
    bao = BaoServer.start();
    kafka = KafkaServer.start(bao);
  }

  @AfterAll
  static void stopServers() {
    kafka.close();
    bao.close();
  }

  @BeforeEach
  void read() throws Exception {
    loop =
        new EventLoop(
            new EventLoop.Place(
                kafka.clientOf(PartName.STACK),
                "test-" + UUID.randomUUID(),
                false,
                new OnwardClock(this::wallClock, System::nanoTime)),
            List.of(Topic.SESSION),
            events -> events.forEach(heard -> taken.add(heard.event())),
            (record, refused) -> dead.add(refused.reason()));
    loop.start();
    Event first = told(Instant.now());
    SOON.until("a place", () -> taken.contains(first));
    taken.clear();
    dead.clear();
  }

  private Instant wallClock() {
    Instant now = Instant.now().plusMillis(aheadMillis.get());
    looks.incrementAndGet();
    return now;
  }

  @AfterEach
  void stop() {
    loop.close();
  }

  private static Event told(Instant at) throws Exception {
    Event event =
        new SessionEvent.Opened(
            UUID.randomUUID(), at, SessionId.random(), WorkspaceId.random(), UserId.random(), 2);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            kafka.clientOf(PartName.STACK).settings(),
            new StringSerializer(),
            new StringSerializer())) {
      producer
          .send(
              kafka.signed(
                  PartName.SESSION, event.topic().wireName(), event.key(), EventCodec.write(event)))
          .get();
    }
    return event;
  }

  /** The first of two may have begun before. */
  private void awaitALook() {
    long before = looks.get();
    SOON.until("two looks at the clock", () -> looks.get() > before + 1);
  }

  @Test
  void whatWasToldBeforeItWasSetBackIsTaken() throws Exception {
    aheadMillis.set(HOUR.negated().toMillis());
    Event event = told(Instant.now());
    SOON.until("it is taken", () -> taken.contains(event));
    assertThat(dead).isEmpty();
  }

  @Test
  void whatWasToldWhileTheTimeWasWrongIsTakenOnceItIsRight() throws Exception {
    aheadMillis.set(HOUR.toMillis());
    awaitALook();
    aheadMillis.set(0);
    awaitALook();
    Event event = told(Instant.now().plus(HOUR));
    SOON.until("it is taken", () -> taken.contains(event));
    assertThat(dead).isEmpty();
  }

  @Test
  void whatNoClockOfItsReaderHasShownIsADeadLetter() throws Exception {
    told(Instant.now().plus(HOUR));
    SOON.until("it is put aside", () -> dead.contains(Reason.IMPOSSIBLE_TIME));
    assertThat(taken).isEmpty();
  }
}
