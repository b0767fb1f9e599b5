// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.outbox;

import dev.cofferdam.events.Topic;
import dev.cofferdam.partidentity.PartName;
import dev.cofferdam.testkit.KafkaServer;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** How far a group has read, as the broker keeps it. */
final class GroupPlace {
  private GroupPlace() {}

  /** Whether it is kept for the whole topic. */
  static boolean isKept(KafkaServer kafka, String group, Topic topic) {
    Properties settings = kafka.clientOf(PartName.STACK).settings();
    settings.put("group.id", group);
    settings.put("enable.auto.commit", "false");
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      Set<TopicPartition> all =
          consumer.partitionsFor(topic.wireName()).stream()
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .collect(Collectors.toSet());
      return consumer.committed(all).values().stream().allMatch(kept -> kept != null);
    }
  }
}
