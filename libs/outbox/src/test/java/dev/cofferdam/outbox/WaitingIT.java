// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.events.Actor;
import dev.cofferdam.events.Envelope;
import dev.cofferdam.events.Event;
import dev.cofferdam.events.EventCodec;
import dev.cofferdam.events.KeySequence;
import dev.cofferdam.events.WorkspaceEvent;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.outbox.Transactions.Told;
import dev.cofferdam.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What a transaction tells is written with it, each in its place, or not at all. */
class WaitingIT {
  private static PostgresServer postgres;
  private static PGSimpleDataSource plain;
  private static Transactions transactions;

  private final WorkspaceId one = WorkspaceId.random();
  private final WorkspaceId other = WorkspaceId.random();
  private final AtomicInteger woken = new AtomicInteger();

  @BeforeAll
  static void start() throws SQLException {
    postgres = PostgresServer.start();
    plain = new PGSimpleDataSource();
    plain.setUrl(postgres.jdbcUrl());
    plain.setUser("coffer_session");
    plain.setPassword(postgres.password("session"));
    execute("create table outbox (id bigserial primary key, topic text, key text, payload text)");
    execute(
        "create table outbox_sequence (topic text, key text, chain uuid, number bigint,"
            + " told_at timestamptz, place text, primary key (topic, key))");
    transactions = new Transactions(postgres);
  }

  @AfterAll
  static void stop() {
    transactions.close();
    postgres.close();
  }

  @BeforeEach
  void empty() throws SQLException {
    execute("delete from outbox");
  }

  @Test
  void eventsOfAKeyAreCountedInTheOrderInWhichTheyWereTold() throws Exception {
    List<Told> all = List.of(told(one), told(other), told(one), told(one), told(other));
    transactions.tell(all, woken::incrementAndGet);
    assertThat(numbers(one)).containsExactly(1L, 2L, 3L);
    assertThat(numbers(other)).containsExactly(1L, 2L);
    assertThat(events(one)).containsExactlyElementsOf(only(all, one));
    assertThat(events(other)).containsExactlyElementsOf(only(all, other));
    assertThat(woken).hasValue(1);
  }

  @Test
  void theNextTransactionGoesOnWhereTheLastOneEnded() throws Exception {
    transactions.tell(List.of(told(one), told(one)), woken::incrementAndGet);
    transactions.tell(List.of(told(one), told(other), told(one)), woken::incrementAndGet);
    assertThat(numbers(one)).containsExactly(1L, 2L, 3L, 4L);
    assertThat(chains(one)).hasSize(1);
    assertThat(chains(other)).hasSize(1).doesNotContainAnyElementsOf(chains(one));
  }

  @Test
  void eachTopicOfAKeyIsCountedByItself() throws Exception {
    Event created =
        new WorkspaceEvent.Created(
            UUID.randomUUID(), Instant.EPOCH, one, UserId.random(), "of a test");
    transactions.tell(List.of(told(one), Told.of(created), told(one)), woken::incrementAndGet);
    assertThat(numbers(one)).containsExactlyInAnyOrder(1L, 1L, 2L);
    assertThat(chains(one)).hasSize(2);
  }

  @Test
  void whatIsTakenBackIsNotToldAndTakesNoPlace() throws Exception {
    transactions.tellInVain(List.of(told(one), told(one)), woken::incrementAndGet);
    assertThat(numbers(one)).isEmpty();
    assertThat(woken).hasValue(0);
    transactions.tell(List.of(told(one)), woken::incrementAndGet);
    assertThat(numbers(one)).containsExactly(1L);
  }

  @Test
  void eachSaysWhoseRequestItWas() throws Exception {
    Actor somebody = new Actor(Optional.of(UserId.random()), "SHA256:of-a-key", "2001:db8::7");
    transactions.tell(List.of(told(one), new Told(event(one), somebody)), woken::incrementAndGet);
    assertThat(envelopes(one)).extracting(Envelope::actor).containsExactly(Actor.NOBODY, somebody);
  }

  @Test
  void aKeyOfWhichNobodyToldForLongBeginsAnotherChainWithAllOfIt() throws Exception {
    transactions.tell(List.of(told(one), told(one)), woken::incrementAndGet);
    execute("update outbox_sequence set told_at = now() - interval '30 days 1 minute'");
    transactions.tell(List.of(told(one), told(one), told(one)), woken::incrementAndGet);
    assertThat(numbers(one)).containsExactly(1L, 2L, 1L, 2L, 3L);
    assertThat(chains(one)).hasSize(2);
    transactions.tell(List.of(told(one)), woken::incrementAndGet);
    assertThat(numbers(one)).endsWith(3L, 4L);
  }

  /** Each names them in another order: none waits for one that waits for it. */
  @Test
  void transactionsThatTellOfTheSameKeysAtTheSameTimeLeaveNoGapAndNeverWaitInACircle()
      throws Exception {
    int tellers = 4;
    int each = 25;
    try (ExecutorService threads = Executors.newFixedThreadPool(tellers)) {
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < tellers; i++) {
        List<WorkspaceId> order = i % 2 == 0 ? List.of(one, other) : List.of(other, one);
        done.add(threads.submit(() -> tellOf(order, each)));
      }
      for (Future<?> future : done) {
        future.get();
      }
    }
    for (WorkspaceId key : List.of(one, other)) {
      assertThat(numbers(key))
          .containsExactlyElementsOf(LongStream.rangeClosed(1, tellers * each).boxed().toList());
      assertThat(chains(key)).hasSize(1);
    }
  }

  private Void tellOf(List<WorkspaceId> keys, int times) throws Exception {
    for (int i = 0; i < times; i++) {
      transactions.tell(keys.stream().map(WaitingIT::told).toList(), woken::incrementAndGet);
    }
    return null;
  }

  private static Told told(WorkspaceId workspace) {
    return Told.of(event(workspace));
  }

  private static Event event(WorkspaceId workspace) {
    return Tellers.event(workspace, 1);
  }

  private static List<Event> only(List<Told> all, WorkspaceId workspace) {
    return all.stream()
        .map(Told::event)
        .filter(event -> event.key().equals(workspace.toString()))
        .toList();
  }

  private List<Event> events(WorkspaceId workspace) throws SQLException {
    return envelopes(workspace).stream().map(Envelope::event).toList();
  }

  private List<Long> numbers(WorkspaceId workspace) throws SQLException {
    return places(workspace).stream().map(KeySequence::number).toList();
  }

  private List<UUID> chains(WorkspaceId workspace) throws SQLException {
    return places(workspace).stream().map(KeySequence::chain).distinct().toList();
  }

  private List<KeySequence> places(WorkspaceId workspace) throws SQLException {
    return envelopes(workspace).stream().map(e -> e.sequence().orElseThrow()).toList();
  }

  /** In the order in which they are published. */
  private static List<Envelope> envelopes(WorkspaceId workspace) throws SQLException {
    List<Envelope> found = new ArrayList<>();
    try (Connection connection = plain.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select payload from outbox where key = '" + workspace + "' order by id")) {
      while (row.next()) {
        found.add(EventCodec.open(row.getString(1)));
      }
    }
    return Collections.unmodifiableList(found);
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = plain.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
