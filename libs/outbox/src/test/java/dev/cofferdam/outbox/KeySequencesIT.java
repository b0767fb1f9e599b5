// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.events.KeySequence;
import dev.cofferdam.testkit.Eventually;
import dev.cofferdam.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Each key has its own count, without a gap, whoever counts and whatever fails. */
class KeySequencesIT {
  private static final Eventually SOON = Eventually.within(Duration.ofSeconds(20));
  private static final String TOPIC = "coffer.security.v1";
  private static final String TABLE =
      "create table outbox_sequence (topic text, key text, chain uuid, number bigint,"
          + " told_at timestamptz, place text, primary key (topic, key))";

  private static PostgresServer postgres;
  private static PGSimpleDataSource database;

  private final String key = UUID.randomUUID().toString();

  @BeforeAll
  static void start() throws SQLException {
    postgres = PostgresServer.start();
    database = new PGSimpleDataSource();
    database.setUrl(postgres.jdbcUrl());
    database.setUser("coffer_session");
    database.setPassword(postgres.password("session"));
    execute(TABLE);
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long number(String sql) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeySequence next(String key) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return KeySequences.next(connection, TOPIC, key);
    }
  }

  private void toldBefore(String time) throws SQLException {
    execute(
        "update outbox_sequence set told_at = now() - interval '%s' where key = '%s'"
            .formatted(time, key));
  }

  @Test
  void countsEachKeyOfEachTopicFromOne() throws SQLException {
    KeySequence first = next(key);
    assertThat(first.number()).isEqualTo(1);
    assertThat(next(key)).isEqualTo(new KeySequence(first.chain(), 2));
    assertThat(next(UUID.randomUUID().toString()).number()).isEqualTo(1);
    try (Connection connection = database.getConnection()) {
      assertThat(KeySequences.next(connection, "coffer.workspace.v1", key).number()).isEqualTo(1);
    }
    assertThat(next(key).number()).isEqualTo(3);
  }

  @Test
  void whatIsRolledBackTakesNoPlace() throws SQLException {
    next(key);
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      assertThat(KeySequences.next(connection, TOPIC, key).number()).isEqualTo(2);
      connection.rollback();
    }
    assertThat(next(key).number()).isEqualTo(2);
  }

  @Test
  void ofTwoReplicasThatTellOfOneKeyTheSecondWaits() throws Exception {
    next(key);
    try (Connection first = database.getConnection();
        ExecutorService other = Executors.newSingleThreadExecutor()) {
      first.setAutoCommit(false);
      assertThat(KeySequences.next(first, TOPIC, key).number()).isEqualTo(2);
      Future<KeySequence> second = other.submit(() -> next(key));
      SOON.until("it waits", () -> number("select count(*) from pg_locks where not granted") > 0);
      first.commit();
      assertThat(second.get().number()).isEqualTo(3);
    }
  }

  @Test
  void aKeyOfWhichNobodyToldForLongBeginsAnotherChain() throws SQLException {
    KeySequence first = next(key);
    toldBefore("29 days 23 hours");
    assertThat(next(key)).isEqualTo(new KeySequence(first.chain(), 2));
    toldBefore("30 days 1 minute");
    KeySequence again = next(key);
    assertThat(again.number()).isEqualTo(1);
    assertThat(again.chain()).isNotEqualTo(first.chain());
    assertThat(next(key)).isEqualTo(new KeySequence(again.chain(), 2));
  }

  /** What was told since the dump had those places: nobody would believe another event in one. */
  @Test
  void whatWasRestoredFromADumpBeginsAnotherChain() throws SQLException {
    next(key);
    KeySequence before = next(key);
    execute("create table dump as table outbox_sequence");
    next(key);
    execute("drop table outbox_sequence");
    execute(TABLE);
    execute("insert into outbox_sequence select * from dump");
    execute("drop table dump");
    KeySequence restored = next(key);
    assertThat(restored.number()).isEqualTo(1);
    assertThat(restored.chain()).isNotEqualTo(before.chain());
    assertThat(next(key)).isEqualTo(new KeySequence(restored.chain(), 2));
  }

  @Test
  void whatWasCountedInAnotherClusterBeginsAnotherChain() throws SQLException {
    next(key);
    execute("update outbox_sequence set place = '7' || place where key = '%s'".formatted(key));
    assertThat(next(key).number()).isEqualTo(1);
  }

  @Test
  void whatWasCountedBeforeThatWasKeptGoesOn() throws SQLException {
    KeySequence first = next(key);
    execute("update outbox_sequence set place = null where key = '%s'".formatted(key));
    assertThat(next(key)).isEqualTo(new KeySequence(first.chain(), 2));
  }

  @Test
  void onlyThoseAreForgotten() throws SQLException {
    String kept = UUID.randomUUID().toString();
    next(kept);
    next(key);
    toldBefore("30 days 1 minute");
    try (Connection connection = database.getConnection()) {
      assertThat(KeySequences.forget(connection)).isPositive();
    }
    assertThat(number("select count(*) from outbox_sequence where key = '" + key + "'")).isZero();
    assertThat(next(kept).number()).isEqualTo(2);
  }
}
