// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.outbox.ToldCounts.Count;
import dev.cofferdam.outbox.ToldCounts.Mark;
import dev.cofferdam.outbox.ToldCounts.Page;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** How far a service says that it has told. */
class ToldCountsIT {
  private static final String TOPIC = "coffer.security.v1";
  private static final Mark BEGINNING = new Mark(Instant.EPOCH, "", "");

  private static PostgresServer postgres;
  private static PGSimpleDataSource database;

  private final ToldCounts counts = new ToldCounts(database);

  @BeforeAll
  static void start() throws SQLException {
    postgres = PostgresServer.start();
    database = new PGSimpleDataSource();
    database.setUrl(postgres.jdbcUrl());
    database.setUser("coffer_session");
    database.setPassword(postgres.password("session"));
    execute(
        "create table outbox_sequence (topic text, key text, chain uuid, number bigint,"
            + " told_at timestamptz, place text, primary key (topic, key))");
    execute("create table outbox (id bigserial primary key, topic text, key text, payload text)");
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @BeforeEach
  void empty() throws SQLException {
    execute("delete from outbox_sequence");
    execute("delete from outbox");
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void tell(String key, int times) throws SQLException {
    try (Connection connection = database.getConnection()) {
      KeySequences.next(connection, TOPIC, key, times);
    }
  }

  private static void age(String key, int seconds) throws SQLException {
    execute(
        "update outbox_sequence set told_at = now() - interval '%d s' where key = '%s'"
            .formatted(seconds, key));
  }

  @Test
  void saysHowFarEachKeyIs() throws SQLException {
    tell("a", 3);
    tell("b", 1);
    age("a", 20);
    age("b", 30);
    Page page = counts.since(BEGINNING);
    assertThat(page.counts()).extracting(Count::key).containsExactly("b", "a");
    assertThat(page.counts()).extracting(Count::number).containsExactly(1L, 3L);
    assertThat(page.more()).isFalse();
    assertThat(counts.since(page.next()).counts()).as("nothing moved").isEmpty();
  }

  @Test
  void whatMovesAgainIsSaidAgain() throws SQLException {
    tell("a", 1);
    age("a", 60);
    Mark mark = new Mark(Instant.now().minusSeconds(40), "", "");
    assertThat(counts.since(mark).counts()).isEmpty();
    tell("a", 1);
    age("a", 15);
    assertThat(counts.since(mark).counts()).extracting(Count::number).containsExactly(2L);
  }

  /** A transaction that began before it may still come to its end. */
  @Test
  void whatWasToldJustNowIsSaidLater() throws SQLException {
    tell("a", 1);
    Page page = counts.since(BEGINNING);
    assertThat(page.counts()).isEmpty();
    age("a", -3600);
    assertThat(counts.since(page.next()).counts()).isEmpty();
    execute("update outbox_sequence set told_at = now() - interval '10 s'");
    assertThat(counts.since(page.next()).counts()).hasSize(1);
  }

  @Test
  void whatKafkaDoesNotHaveYetIsNotSaid() throws SQLException {
    tell("a", 3);
    age("a", 20);
    execute("insert into outbox (topic, key, payload) values ('coffer.security.v1', 'a', '2')");
    execute("insert into outbox (topic, key, payload) values ('coffer.security.v1', 'a', '3')");
    execute("insert into outbox (topic, key, payload) values ('coffer.session.v1', 'a', '1')");
    assertThat(counts.since(BEGINNING).counts()).extracting(Count::number).containsExactly(1L);
  }

  @Test
  void whatWasRestoredFromADumpIsLeftOutUntilItMoves() throws SQLException {
    tell("a", 3);
    execute("update outbox_sequence set place = '7' || place");
    age("a", 20);
    assertThat(counts.since(BEGINNING).counts()).isEmpty();
    tell("a", 1);
    age("a", 20);
    assertThat(counts.since(BEGINNING).counts()).extracting(Count::number).containsExactly(1L);
  }

  /** For instance by a stop that ends all sign-ins. */
  @Test
  void whatMovedInOneMomentComesInPagesWhole() throws SQLException {
    execute(
        "insert into outbox_sequence select 'coffer.security.v1', 'k' || i, gen_random_uuid(), 1,"
            + " now() - interval '20 s', "
            + KeySequences.PLACE
            + " from generate_series(1, 2500) i");
    List<String> keys = new ArrayList<>();
    Page page = counts.since(BEGINNING);
    while (page.more()) {
      assertThat(page.counts()).hasSize(ToldCounts.MOST);
      page.counts().forEach(count -> keys.add(count.key()));
      page = counts.since(page.next());
    }
    page.counts().forEach(count -> keys.add(count.key()));
    assertThat(keys).hasSize(2500).doesNotHaveDuplicates();
  }

  @Test
  void beginsWhereItIsNow() throws SQLException {
    tell("a", 3);
    age("a", 20);
    Page now = counts.now();
    assertThat(now.counts()).isEmpty();
    assertThat(counts.since(now.next()).counts()).isEmpty();
  }

  @Test
  void aMarkThatNoDatabaseTakesIsRefused() {
    for (String at : List.of("", "x", "+1000000000-01-01T00:00:00Z", "1969-12-31T00:00:00Z")) {
      assertThatThrownBy(() -> Mark.parse(at, "", "")).isInstanceOf(ProblemException.class);
    }
    String at = "2026-01-01T00:00:00Z";
    for (String key : List.of("a\u0000b", "x".repeat(513))) {
      assertThatThrownBy(() -> Mark.parse(at, "", key)).isInstanceOf(ProblemException.class);
    }
    assertThat(Mark.parse(at, null, null)).isEqualTo(new Mark(Instant.parse(at), "", ""));
  }
}
