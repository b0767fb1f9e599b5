// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.outbox;

import dev.cofferdam.events.Event;
import dev.cofferdam.events.EventCodec;
import dev.cofferdam.events.MalformedEvent;
import dev.cofferdam.events.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/**
 * Reads events on a thread of its own and hands them on one by one. An event is marked as read
 * after its handler returned; one whose handler failed comes again after a second. So handlers must
 * not mind a repeat.
 */
public final class EventLoop implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(EventLoop.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long BACK_OFF_MILLIS = 1000;

  private final Properties settings;
  private final List<String> topics;
  private final Consumer<Event> handler;
  private final Thread thread;
  private volatile boolean running = true;

  /**
   * @param group its readers share the work and remember how far they are
   * @param newestOnly starts at the end instead of at the beginning when the group is new
   */
  public EventLoop(
      String bootstrap,
      String group,
      boolean newestOnly,
      List<Topic> topics,
      Consumer<Event> handler) {
    this.settings = settings(bootstrap, group, newestOnly);
    this.topics = topics.stream().map(Topic::wireName).toList();
    this.handler = handler;
    thread = Thread.ofPlatform().daemon().name("events-" + group).unstarted(this::run);
  }

  public EventLoop start() {
    thread.start();
    return this;
  }

  private static Properties settings(String bootstrap, String group, boolean newestOnly) {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", bootstrap);
    settings.put("group.id", group);
    settings.put("enable.auto.commit", "false");
    settings.put("auto.offset.reset", newestOnly ? "latest" : "earliest");
    settings.put("max.poll.records", "100");
    settings.put("fetch.max.bytes", "1048576");
    settings.put("session.timeout.ms", "10000");
    settings.put("reconnect.backoff.max.ms", "1000");
    settings.put("default.api.timeout.ms", "5000");
    settings.put("allow.auto.create.topics", "false");
    return settings;
  }

  private void run() {
    while (running) {
      try (KafkaConsumer<String, String> consumer =
          new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
        consumer.subscribe(topics);
        while (running) {
          handleAll(consumer.poll(POLL));
          consumer.commitSync();
        }
      } catch (KafkaException e) {
        LOG.debugf(e, "events can't be read");
        pause();
      } catch (RuntimeException e) {
        LOG.warnf(e, "an event was not handled and comes again");
        pause();
      }
    }
  }

  private void handleAll(ConsumerRecords<String, String> records) {
    for (ConsumerRecord<String, String> record : records) {
      Event event;
      try {
        event = EventCodec.read(record.value());
      } catch (MalformedEvent e) {
        LOG.errorf("passed over %s@%d: %s", record.topic(), record.offset(), e.getMessage());
        continue;
      }
      handler.accept(event);
    }
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(BACK_OFF_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running = false;
    }
  }

  @Override
  public void close() {
    running = false;
    thread.interrupt();
  }
}
