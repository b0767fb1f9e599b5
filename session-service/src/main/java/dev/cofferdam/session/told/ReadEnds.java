// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.told;

import dev.cofferdam.events.Topic;
import dev.cofferdam.partidentity.kafka.KafkaClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where topics end, and whether the ledger's reader, of whichever replica, is past that. */
@ApplicationScoped
class ReadEnds {
  private static final String READER = "session-service";
  private static final long PATIENCE_SECONDS = 5;
  private static final Duration GOODBYE = Duration.ofSeconds(1);

  private final KafkaClient kafka;

  ReadEnds(@ConfigProperty(name = "coffer.kafka.bootstrap") String bootstrap) {
    kafka = KafkaClient.own(bootstrap);
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask(Admin admin) throws ExecutionException, TimeoutException, InterruptedException;
  }

  /**
   * Where each partition of each topic of events ends.
   *
   * @throws IllegalStateException if Kafka does not say
   */
  Map<TopicPartition, Long> now() {
    List<String> topics = Arrays.stream(Topic.values()).map(Topic::wireName).toList();
    return ask(
        admin -> {
          Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
          get(admin.describeTopics(topics).allTopicNames())
              .forEach(
                  (name, topic) ->
                      topic
                          .partitions()
                          .forEach(
                              p ->
                                  latest.put(
                                      new TopicPartition(name, p.partition()),
                                      OffsetSpec.latest())));
          Map<TopicPartition, Long> ends = new HashMap<>();
          get(admin.listOffsets(latest).all()).forEach((p, end) -> ends.put(p, end.offset()));
          return ends;
        });
  }

  /**
   * What was read is in the ledger: the reader's place is kept behind that.
   *
   * @throws IllegalStateException if Kafka does not say
   */
  boolean hasRead(Map<TopicPartition, Long> ends) {
    Map<TopicPartition, OffsetAndMetadata> places =
        ask(admin -> get(admin.listConsumerGroupOffsets(READER).partitionsToOffsetAndMetadata()));
    return ends.entrySet().stream()
        .allMatch(
            end -> {
              OffsetAndMetadata place = places.get(end.getKey());
              return end.getValue() <= (place == null ? 0 : place.offset());
            });
  }

  private <T> T ask(Question<T> question) {
    Admin admin = Admin.create(kafka.settings());
    try {
      return question.ask(admin);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Kafka does not say how far it is", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped", e);
    } finally {
      admin.close(GOODBYE);
    }
  }

  private static <T> T get(KafkaFuture<T> answer)
      throws ExecutionException, TimeoutException, InterruptedException {
    return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
