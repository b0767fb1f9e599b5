// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.events.Event;
import dev.cofferdam.events.EventCodec;
import dev.cofferdam.events.Topic;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.partidentity.PartName;
import dev.cofferdam.partidentity.kafka.KafkaClient;
import dev.cofferdam.testkit.BaoServer;
import dev.cofferdam.testkit.Eventually;
import dev.cofferdam.testkit.KafkaServer;
import dev.cofferdam.testkit.PostgresServer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.postgresql.ds.PGSimpleDataSource;

/** From a table through Kafka to a handler: in order, nothing lost, each effect once. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OutboxIT {
  private static final System.Logger LOG = System.getLogger(OutboxIT.class.getName());
  private static final int MANY = 3000;

  /** Each test reads the topic from its beginning, so most of what is in it comes at the end. */
  private static final int LAST = Integer.MAX_VALUE;

  private static final Eventually SOON = Eventually.within(Duration.ofSeconds(40));

  private static PostgresServer postgres;
  private static BaoServer bao;
  private static KafkaServer kafka;
  private static PGSimpleDataSource database;
  private static Transactions transactions;

  private final String group = "test-" + UUID.randomUUID();
  private final List<Event> handled = new CopyOnWriteArrayList<>();
  private final List<EventLoop> loops = new ArrayList<>();
  private OutboxRelay relay;

  @BeforeAll
  static void start() throws SQLException {
    postgres = PostgresServer.start();
    bao = BaoServer.start();
    kafka = KafkaServer.start(bao);
    database = new PGSimpleDataSource();
    database.setUrl(postgres.jdbcUrl());
    database.setUser("coffer_session");
    database.setPassword(postgres.password("session"));
    execute("create table outbox (id bigserial primary key, topic text, key text, payload text)");
    execute(
        "create table outbox_sequence (topic text, key text, chain uuid, number bigint,"
            + " told_at timestamptz, place text, primary key (topic, key))");
    transactions = new Transactions(postgres);
  }

  @AfterAll
  static void stop() {
    transactions.close();
    kafka.close();
    postgres.close();
    bao.close();
  }

  @BeforeEach
  void startRelay() {
    relay = new OutboxRelay(database, kafka.clientOf(PartName.SESSION));
    relay.start(new StartupEvent());
  }

  @AfterEach
  void stopAll() {
    relay.stop(new ShutdownEvent());
    loops.forEach(EventLoop::close);
  }

  @Test
  void eventsOfAKeyArriveInOrder() throws SQLException {
    List<Event> told = tell(450, 3);
    relay.wake();
    read(handled::add);
    awaitAll(told);
    assertInOrder(told, handled);
    SOON.until("the table is empty", () -> count() == 0);
  }

  /**
   * How fast is logged: counted and committed one by one; then signed, taken by the broker from all
   * in sync, and removed here.
   */
  @Test
  @Order(LAST)
  void publishesAFullTable() throws Exception {
    relay.stop(new ShutdownEvent());
    long start = System.nanoTime();
    List<Event> told = Tellers.tell(transactions, MANY, 1, () -> {});
    logRate("told {0} events a second, one in a transaction", start);
    relay = new OutboxRelay(database, kafka.clientOf(PartName.SESSION));
    start = System.nanoTime();
    relay.start(new StartupEvent());
    SOON.until("the table is empty", () -> count() == 0);
    logRate("published {0} events a second", start);
    read(handled::add);
    awaitAll(told);
    assertInOrder(told, handled);
  }

  /** The same while others are still told of, ten in a transaction: both share the machine. */
  @Test
  @Order(LAST)
  void publishesWhileMoreIsTold() throws Exception {
    long start = System.nanoTime();
    List<Event> told = Tellers.tell(transactions, MANY, 10, relay::wake);
    logRate("told {0} events a second, ten in a transaction, while they were published", start);
    SOON.until("the table is empty", () -> count() == 0);
    logRate("told and published {0} events a second", start);
    read(handled::add);
    awaitAll(told);
    assertInOrder(told, handled);
  }

  private static void logRate(String what, long start) {
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    LOG.log(Level.INFO, what, Long.toString(MANY * 1000L / took.toMillis()));
  }

  @Test
  void nothingIsLostWhenTheBrokerDies() throws SQLException {
    List<Event> told = new ArrayList<>(tell(60, 3));
    relay.wake();
    read(handled::add);
    SOON.until("some have arrived", () -> handled.size() > 10);
    kafka.kill();
    try {
      told.addAll(tell(60, 3));
      relay.wake();
    } finally {
      kafka.restart();
    }
    awaitAll(told);
    assertInOrder(told, onceEach(handled));
  }

  @Test
  void whatWasNotCommittedWasNeverTold() throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      insert(connection, Tellers.event(WorkspaceId.random(), 1));
      relay.wake();
      connection.rollback();
    }
    List<Event> told = tell(1, 1);
    relay.wake();
    read(handled::add);
    awaitAll(told);
    assertThat(ours(handled, told)).hasSize(1);
  }

  @Test
  void aHandlerThatFailsSeesTheEventAgainAndItsEffectsCountOnce() throws SQLException {
    Set<UUID> effects = ConcurrentHashMap.newKeySet();
    List<UUID> seen = Collections.synchronizedList(new ArrayList<>());
    List<Event> told = tell(5, 1);
    UUID stumbles = told.get(2).id();
    relay.wake();
    read(
        event -> {
          seen.add(event.id());
          if (event.id().equals(stumbles) && Collections.frequency(seen, stumbles) == 1) {
            throw new IllegalStateException("for once");
          }
          effects.add(event.id());
          handled.add(event);
        });
    awaitAll(told);
    assertThat(Collections.frequency(seen, stumbles)).isEqualTo(2);
    assertThat(effects).containsAll(told.stream().map(Event::id).toList());
    assertInOrder(told, onceEach(handled));
  }

  @Test
  void aReaderThatIsStartedAgainGoesOnWhereItWas() throws SQLException {
    List<Event> before = tell(3, 1);
    relay.wake();
    EventLoop first = read(handled::add);
    awaitAll(before);
    // Closing marks as read what was handled; the next one starts behind it.
    first.close();
    List<Event> after = tell(3, 1);
    relay.wake();
    List<Event> secondTime = new CopyOnWriteArrayList<>();
    read(secondTime::add);
    SOON.until("the new ones", () -> ours(secondTime, after).size() == 3);
    assertThat(ours(secondTime, before).size()).isLessThanOrEqualTo(3);
    assertInOrder(after, secondTime);
  }

  @Test
  void aReaderOfTheNewestHasAPlaceBeforeAnythingComes() throws SQLException {
    read(true, handled::add);
    SOON.until("a place", () -> GroupPlace.isKept(kafka, group, Topic.SESSION));
    loops.getLast().close();
    List<Event> told = tell(3, 3);
    relay.wake();
    SOON.until("the table is empty", () -> count() == 0);
    read(true, handled::add);
    awaitAll(told);
  }

  @Test
  void twoReadersOfAGroupShareTheWork() throws SQLException {
    read(handled::add);
    read(handled::add);
    List<Event> told = tell(90, 9);
    relay.wake();
    awaitAll(told);
    assertThat(onceEach(ours(handled, told))).hasSize(90);
  }

  private static OutboxRelay another() {
    OutboxRelay relay = new OutboxRelay(database, kafka.clientOf(PartName.SESSION));
    relay.start(new StartupEvent());
    return relay;
  }

  @Test
  void ofTwoRelaysOnePublishes() throws SQLException {
    read(handled::add);
    OutboxRelay second = another();
    try {
      List<Event> told = tell(250, 3);
      relay.wake();
      second.wake();
      SOON.until("the table is empty", () -> count() == 0);
      awaitAll(told);
      assertInOrder(told, handled);
    } finally {
      second.stop(new ShutdownEvent());
    }
  }

  @Test
  void anotherRelayGoesOnWhenOneStops() throws SQLException {
    read(handled::add);
    OutboxRelay second = another();
    try {
      List<Event> told = new ArrayList<>(tell(30, 3));
      relay.wake();
      awaitAll(told);
      relay.stop(new ShutdownEvent());
      told.addAll(tell(30, 3));
      awaitAll(told);
      assertInOrder(told, onceEach(handled));
    } finally {
      second.stop(new ShutdownEvent());
    }
  }

  @Test
  void aRelayWhoseConnectionEndsLosesItsTurnAndTheEventsAreTold() throws SQLException {
    read(handled::add);
    OutboxRelay second = another();
    try {
      SOON.until("one has the turn", () -> holders() == 1);
      execute(
          "select pg_terminate_backend(pid) from pg_locks"
              + " where locktype = 'advisory' and classid = 9163 and granted");
      List<Event> told = tell(60, 3);
      awaitAll(told);
      assertInOrder(told, onceEach(handled));
      assertThat(holders()).isEqualTo(1);
    } finally {
      second.stop(new ShutdownEvent());
    }
  }

  @Test
  void theTurnIsOnesAndEndsForOneThatSaysNothing() throws SQLException {
    relay.stop(new ShutdownEvent());
    RelayTurn turn = RelayTurn.take(database).orElseThrow();
    assertThat(RelayTurn.take(database)).isEmpty();
    turn.keep();
    try (Statement statement = turn.connection().createStatement();
        ResultSet row = statement.executeQuery("show idle_session_timeout")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1)).isEqualTo("15s");
    }
    turn.close();
    RelayTurn next = RelayTurn.take(database).orElseThrow();
    next.close();
  }

  private static long holders() {
    return number("select count(*) from pg_locks where locktype = 'advisory' and classid = 9163");
  }

  private EventLoop read(Consumer<Event> handler) {
    return read(false, handler);
  }

  private EventLoop read(boolean newestOnly, Consumer<Event> handler) {
    KafkaClient client = kafka.clientOf(PartName.STACK);
    EventLoop loop = new EventLoop(client, group, newestOnly, List.of(Topic.SESSION), handler);
    loops.add(loop.start());
    return loop;
  }

  private void awaitAll(Collection<Event> told) {
    SOON.passes(() -> assertThat(new HashSet<>(handled)).containsAll(told));
  }

  private static List<Event> onceEach(List<Event> events) {
    return events.stream().distinct().toList();
  }

  private static List<Event> ours(List<Event> events, Collection<Event> told) {
    return events.stream().filter(told::contains).toList();
  }

  private static void assertInOrder(List<Event> told, List<Event> arrived) {
    for (String key : told.stream().map(Event::key).distinct().toList()) {
      assertThat(arrived.stream().filter(e -> e.key().equals(key)).toList())
          .containsExactlyElementsOf(told.stream().filter(e -> e.key().equals(key)).toList());
    }
  }

  private static List<Event> tell(int count, int keys) throws SQLException {
    List<WorkspaceId> workspaces = new ArrayList<>();
    for (int i = 0; i < keys; i++) {
      workspaces.add(WorkspaceId.random());
    }
    List<Event> told = new ArrayList<>();
    try (Connection connection = database.getConnection()) {
      for (int i = 0; i < count; i++) {
        Event event = Tellers.event(workspaces.get(i % keys), i + 1);
        insert(connection, event);
        told.add(event);
      }
    }
    return told;
  }

  private static void insert(Connection connection, Event event) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into outbox (topic, key, payload) values (?, ?, ?)")) {
      insert.setString(1, event.topic().wireName());
      insert.setString(2, event.key());
      insert.setString(3, EventCodec.write(event));
      insert.executeUpdate();
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long count() {
    return number("select count(*) from outbox");
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
}
