// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.eventtail;

import dev.cofferdam.events.Event;
import dev.cofferdam.events.Topic;
import dev.cofferdam.eventtrust.EventReader;
import dev.cofferdam.eventtrust.EventRefused;
import dev.cofferdam.eventtrust.OnwardClock;
import dev.cofferdam.partidentity.kafka.KafkaClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads all partitions of some topics from now on, on a thread of its own. Without a consumer
 * group: nobody shares the work, nothing has to be remembered beyond this process, and a broker
 * that comes back is read from at once instead of after the group's time-outs. While this process
 * lives nothing is missed.
 */
public final class KafkaTail {
  private static final Logger LOG = Logger.getLogger(KafkaTail.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(1);
  private static final long BACK_OFF_MILLIS = 500;
  private static final long LONGEST_SILENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final KafkaClient kafka;
  private final EventReader reader;
  private final OnwardClock clock = OnwardClock.system();
  private final List<String> topics;
  private final Consumer<Event> handler;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /** The next offset to read; only the thread is here. */
  private final Map<TopicPartition, Long> next = new HashMap<>();

  private volatile @Nullable KafkaConsumer<String, String> reading;

  /** Whoever has just started is given as long as whoever has just heard. */
  private volatile long heardAt = System.nanoTime();

  private double fetches;

  /** Whether the offsets to go on from were ever known. */
  private volatile boolean isPlaced;

  /** {@code handler} runs on the tail's thread; an event that it fails on is passed over. */
  public KafkaTail(KafkaClient kafka, List<Topic> topics, Consumer<Event> handler) {
    this.kafka = kafka;
    reader = new EventReader(kafka.identity(), clock);
    this.topics = topics.stream().map(Topic::wireName).toList();
    this.handler = handler;
  }

  public KafkaTail start() {
    Thread.ofPlatform().daemon().name("events").start(this::run);
    return this;
  }

  public void close() {
    stopped.countDown();
    KafkaConsumer<String, String> consumer = reading;
    if (consumer != null) {
      consumer.wakeup();
    }
  }

  private Properties settings() {
    Properties settings = kafka.settings();
    settings.put("enable.auto.commit", "false");
    settings.put("auto.offset.reset", "latest");
    settings.put("max.poll.records", "100");
    settings.put("fetch.max.bytes", "1048576");
    settings.put("reconnect.backoff.max.ms", "500");
    settings.put("default.api.timeout.ms", "5000");
    settings.put("allow.auto.create.topics", "false");
    return settings;
  }

  private void run() {
    while (isRunning()) {
      try {
        follow();
      } catch (WakeupException e) {
        LOG.debug("stopped");
      } catch (KafkaException e) {
        LOG.debugf(e, "events can't be read");
        pause();
      } catch (RuntimeException e) {
        LOG.warnf(e, "events are read again");
        pause();
      }
    }
  }

  private boolean isRunning() {
    return stopped.getCount() > 0;
  }

  private void follow() {
    KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings(), new StringDeserializer(), new StringDeserializer());
    reading = consumer;
    try {
      takePlace(consumer);
      while (isRunning()) {
        consumer.poll(POLL).forEach(this::take);
        clock.look();
        listen(consumer);
      }
    } finally {
      consumer.close(CloseOptions.timeout(LONGEST_GOODBYE));
    }
  }

  /** Where it was, or at the end as of now. */
  private void takePlace(KafkaConsumer<String, String> consumer) {
    List<TopicPartition> all =
        topics.stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(all);
    consumer.endOffsets(all).forEach(next::putIfAbsent);
    next.forEach(consumer::seek);
    isPlaced = true;
  }

  /** A broker that is there answers each fetch within half a second, be it with nothing. */
  private void listen(KafkaConsumer<String, String> consumer) {
    double now =
        consumer.metrics().entrySet().stream()
            .filter(metric -> metric.getKey().name().equals("fetch-total"))
            .filter(metric -> !metric.getKey().tags().containsKey("topic"))
            .map(metric -> metric.getValue().metricValue())
            .filter(Double.class::isInstance)
            .mapToDouble(Double.class::cast)
            .sum();
    if (now != fetches) {
      fetches = now;
      heardAt = System.nanoTime();
    }
  }

  /** Whether everything that was written up to three seconds ago was handled. */
  public boolean isCurrent() {
    return System.nanoTime() - heardAt < LONGEST_SILENCE_NANOS;
  }

  /** The same, and no event from now on will have come before this began to listen. */
  public boolean hearsAll() {
    return isPlaced && isCurrent();
  }

  private void take(ConsumerRecord<String, String> record) {
    next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
    try {
      handler.accept(reader.read(record));
    } catch (EventRefused e) {
      LOG.errorf("passed over %s@%d: %s", record.topic(), record.offset(), e.getMessage());
    } catch (RuntimeException e) {
      LOG.errorf(e, "passed over %s@%d", record.topic(), record.offset());
    }
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
}
