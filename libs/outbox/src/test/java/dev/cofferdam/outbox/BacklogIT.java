// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.events.Event;
import dev.cofferdam.events.EventCodec;
import dev.cofferdam.events.Topic;
import dev.cofferdam.partidentity.PartName;
import dev.cofferdam.testkit.BaoServer;
import dev.cofferdam.testkit.Eventually;
import dev.cofferdam.testkit.KafkaServer;
import dev.cofferdam.testkit.PostgresServer;
import dev.cofferdam.testkit.TopicReader;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** An hour without a broker: everything waits in the table, and is told when it is back. */
class BacklogIT {
  /** Nearly three a second for an hour. */
  private static final int HOUR = 10_000;

  private static final Duration LONGEST = Duration.ofSeconds(90);

  @Test
  void whatWaitedForAnHourIsToldOnceAndInOrder() throws Exception {
    try (PostgresServer postgres = PostgresServer.start();
        BaoServer bao = BaoServer.start();
        KafkaServer kafka = KafkaServer.start(bao);
        Transactions transactions = new Transactions(postgres)) {
      createTables(transactions);
      OutboxRelay relay =
          new OutboxRelay(transactions.database(), kafka.clientOf(PartName.SESSION));
      relay.start(new StartupEvent());
      try {
        kafka.kill();
        List<Event> told = Tellers.tell(transactions, HOUR, 10, relay::wake);
        assertThat(told).hasSize(HOUR);
        assertThat(waiting(transactions)).as("all of them wait").isEqualTo(HOUR);

        kafka.restart();

        Eventually.within(LONGEST).until("the table is empty", () -> waiting(transactions) == 0);
        assertThat(byKey(read(kafka, told))).isEqualTo(byKey(told));
      } finally {
        relay.stop(new ShutdownEvent());
      }
    }
  }

  /** All that the topic has, as it came: a repeat would be one too many. */
  private static List<Event> read(KafkaServer kafka, List<Event> told) {
    Set<UUID> ours = told.stream().map(Event::id).collect(Collectors.toCollection(HashSet::new));
    try (TopicReader topic = new TopicReader(kafka, Topic.SESSION.wireName())) {
      return topic.await(HOUR, LONGEST, any -> true).stream()
          .map(EventCodec::read)
          .filter(event -> ours.contains(event.id()))
          .toList();
    }
  }

  private static Map<String, List<UUID>> byKey(List<Event> events) {
    return events.stream()
        .collect(
            Collectors.groupingBy(Event::key, Collectors.mapping(Event::id, Collectors.toList())));
  }

  private static void createTables(Transactions transactions) throws SQLException {
    try (Connection connection = transactions.database().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table outbox (id bigserial primary key, topic text, key text, payload text)");
      statement.execute(
          "create table outbox_sequence (topic text, key text, chain uuid, number bigint,"
              + " told_at timestamptz, place text, primary key (topic, key))");
    }
  }

  private static long waiting(Transactions transactions) {
    try (Connection connection = transactions.database().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from outbox")) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
