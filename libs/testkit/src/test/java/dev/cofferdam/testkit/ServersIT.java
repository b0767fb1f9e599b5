// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.partidentity.PartName;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class ServersIT {
  @Test
  void kafkaKeepsWhatItAcknowledgedOverItsDeath() throws Exception {
    try (BaoServer bao = BaoServer.start();
        KafkaServer kafka = KafkaServer.start(bao)) {
      Properties settings = kafka.clientOf(PartName.SESSION).settings();
      try (KafkaProducer<String, String> producer =
          new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
        producer.send(new ProducerRecord<>("coffer.session.v1", 0, "key", "value")).get();
      }
      kafka.kill();
      kafka.restart();
      assertThat(first(kafka)).isEqualTo("value");
    }
  }

  private static String first(KafkaServer kafka) {
    Properties settings = kafka.clientOf(PartName.GATEWAY).settings();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      TopicPartition partition = new TopicPartition("coffer.session.v1", 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      ConsumerRecords<String, String> records = consumer.poll(Duration.ofSeconds(20));
      return records.iterator().next().value();
    }
  }

  @Test
  void aClosedServerLeavesNothingBehind() {
    PostgresServer postgres = PostgresServer.start();
    assertThat(postgres.folder()).exists();
    postgres.close();
    assertThat(postgres.folder()).doesNotExist();
  }

  @Test
  void vaultComesBackSealed() {
    try (BaoServer bao = BaoServer.start()) {
      bao.kill();
      bao.restart();
      assertThat(bao.administrator().read("sys/mounts").status()).isEqualTo(503);
      bao.unseal();
      assertThat(bao.administrator().read("sys/mounts").status()).isEqualTo(200);
    }
  }
}
