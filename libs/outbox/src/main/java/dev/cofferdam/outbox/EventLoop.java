// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.outbox;

import dev.cofferdam.events.Event;
import dev.cofferdam.events.Topic;
import dev.cofferdam.eventtrust.EventReader;
import dev.cofferdam.eventtrust.EventRefused;
import dev.cofferdam.eventtrust.HeardEvent;
import dev.cofferdam.eventtrust.OnwardClock;
import dev.cofferdam.partidentity.kafka.KafkaClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads events on a thread of its own and hands them on, one by one or as many as there are, at
 * most {@value #MOST}. An event is marked as read after its handler returned; one whose handler
 * failed comes again after a second. So handlers must not mind a repeat. Nothing is written while
 * nothing arrives.
 */
public final class EventLoop implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(EventLoop.class);
  private static final int MOST = 100;
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(1);
  private static final long BACK_OFF_MILLIS = 1000;

  private final KafkaClient kafka;
  private final String group;
  private final boolean newestOnly;
  private final List<String> topics;
  private final Consumer<List<HeardEvent>> handler;
  private final DeadLetters dead;
  private final EventReader reader;
  private final OnwardClock clock;
  private final Thread thread;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable KafkaConsumer<String, String> reading;

  /**
   * @param group its readers share the work and remember how far they are
   * @param newestOnly starts at the end instead of at the beginning when the group is new
   */
  public EventLoop(
      KafkaClient kafka,
      String group,
      boolean newestOnly,
      List<Topic> topics,
      Consumer<Event> handler) {
    this(
        new Place(kafka, group, newestOnly, OnwardClock.system()),
        topics,
        events -> events.forEach(heard -> handler.accept(heard.event())),
        (record, refused) -> {});
  }

  record Place(KafkaClient kafka, String group, boolean newestOnly, OnwardClock clock) {}

  /** What becomes of a record that is not taken; if this fails, it comes again. */
  @FunctionalInterface
  public interface DeadLetters {
    void take(ConsumerRecord<String, String> record, EventRefused refused);
  }

  /** From the beginning, and several at a time: all are marked as read, or all come again. */
  public static EventLoop ofBatches(
      KafkaClient kafka,
      String group,
      List<Topic> topics,
      Consumer<List<HeardEvent>> handler,
      DeadLetters dead) {
    Place place = new Place(kafka, group, false, OnwardClock.system());
    return new EventLoop(place, topics, handler, dead);
  }

  EventLoop(Place place, List<Topic> topics, Consumer<List<HeardEvent>> handler, DeadLetters dead) {
    kafka = place.kafka();
    group = place.group();
    newestOnly = place.newestOnly();
    clock = place.clock();
    this.topics = topics.stream().map(Topic::wireName).toList();
    this.handler = handler;
    this.dead = dead;
    reader = new EventReader(kafka.identity(), clock);
    thread = Thread.ofPlatform().daemon().name("events-" + group).unstarted(this::run);
  }

  public EventLoop start() {
    thread.start();
    return this;
  }

  private Properties settings() {
    Properties settings = kafka.settings();
    settings.put("group.id", group);
    settings.put("enable.auto.commit", "false");
    settings.put("auto.offset.reset", newestOnly ? "latest" : "earliest");
    settings.put("max.poll.records", Integer.toString(MOST));
    settings.put("fetch.max.bytes", "1048576");
    settings.put("session.timeout.ms", "10000");
    settings.put("reconnect.backoff.max.ms", "1000");
    settings.put("default.api.timeout.ms", "5000");
    settings.put("allow.auto.create.topics", "false");
    return settings;
  }

  private void run() {
    while (isRunning()) {
      KafkaConsumer<String, String> consumer =
          new KafkaConsumer<>(settings(), new StringDeserializer(), new StringDeserializer());
      try {
        follow(consumer);
      } catch (WakeupException e) {
        // Thrown by a consumer that close() woke.
      } catch (KafkaException e) {
        LOG.debugf(e, "events can't be read");
        pause();
      } catch (RuntimeException e) {
        LOG.warnf(e, "an event was not handled and comes again");
        pause();
      } finally {
        // By itself it would look for a broker that is away for half a minute.
        consumer.close(CloseOptions.timeout(LONGEST_GOODBYE));
      }
    }
  }

  private void follow(KafkaConsumer<String, String> consumer) {
    reading = consumer;
    consumer.subscribe(topics);
    Set<TopicPartition> placed = Set.of();
    while (isRunning()) {
      ConsumerRecords<String, String> records = consumer.poll(POLL);
      clock.look();
      handleAll(records);
      boolean isPlaced = placed.equals(consumer.assignment());
      if (!records.isEmpty() || !isPlaced) {
        consumer.commitSync();
      }
      placed = isPlaced ? placed : placed(consumer);
    }
  }

  /**
   * Where the group's place is kept: without one, a reader that starts at the end missed events.
   */
  private static Set<TopicPartition> placed(KafkaConsumer<String, String> consumer) {
    return consumer.committed(consumer.assignment()).entrySet().stream()
        .filter(kept -> kept.getValue() != null)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private boolean isRunning() {
    return stopped.getCount() > 0;
  }

  /**
   * First what is to be believed: its handler does not mind a repeat, a dead letter would be two.
   */
  private void handleAll(ConsumerRecords<String, String> records) {
    List<HeardEvent> events = new ArrayList<>();
    Map<ConsumerRecord<String, String>, EventRefused> refused = new LinkedHashMap<>();
    for (ConsumerRecord<String, String> record : records) {
      try {
        events.add(reader.hear(record));
      } catch (EventRefused e) {
        refused.put(record, e);
      }
    }
    if (!events.isEmpty()) {
      handler.accept(events);
    }
    refused.forEach(this::putAside);
  }

  private void putAside(ConsumerRecord<String, String> record, EventRefused refused) {
    LOG.errorf("passed over %s@%d: %s", record.topic(), record.offset(), refused.getMessage());
    dead.take(record, refused);
  }

  private void pause() {
    try {
      if (stopped.await(BACK_OFF_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.debug("stopped while waiting");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped.countDown();
    }
  }

  /** Returns when the event that is being handled is, or after a moment. */
  @Override
  public void close() {
    stopped.countDown();
    KafkaConsumer<String, String> consumer = reading;
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      thread.join(LONGEST_CLOSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
