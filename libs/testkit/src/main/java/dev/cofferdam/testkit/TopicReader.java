// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import dev.cofferdam.partidentity.PartName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a topic from its beginning, as nobody's consumer. */
public final class TopicReader implements AutoCloseable {
  private final KafkaConsumer<String, String> consumer;
  private final List<String> seen = new ArrayList<>();

  public TopicReader(KafkaServer kafka, String topic) {
    Properties settings = kafka.clientOf(PartName.STACK).settings();
    settings.put("reconnect.backoff.max.ms", "200");
    consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(p -> new TopicPartition(topic, p.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** All values seen so far that fit, once there are as many; fails after {@code longest}. */
  public List<String> await(int count, Duration longest, Predicate<String> fits) {
    Instant deadline = Instant.now().plus(longest);
    while (true) {
      List<String> fitting = seen.stream().filter(fits).toList();
      if (fitting.size() >= count) {
        return fitting;
      }
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("only " + fitting + " within " + longest);
      }
      for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
        // One without a value is what an attack test left there.
        Optional.ofNullable(record.value()).ifPresent(seen::add);
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
