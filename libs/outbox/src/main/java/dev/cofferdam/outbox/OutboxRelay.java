// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.outbox;

import dev.cofferdam.eventtrust.SignedRecords;
import dev.cofferdam.partidentity.kafka.KafkaClient;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Publishes what is in the outbox, oldest first and signed by this part, and removes it once Kafka
 * has it. What was published but not yet removed at a crash is published again: at least once. For
 * each key an event never arrives for the first time behind a later one: the producer gives up none
 * while it goes on with others. While Kafka is down events wait in the table and everything else
 * goes on.
 *
 * <p>Of the replicas of a service one publishes at a time, the one that has the {@link RelayTurn};
 * the others look seven times a second whether it is free.
 */
@ApplicationScoped
public class OutboxRelay {
  private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
  private static final int BATCH = 100;

  /** What another replica of this service tells wakes nobody here: so long it waits at most. */
  private static final long LOOK_EVERY_MILLIS = 150;

  private static final long BACK_OFF_MILLIS = 1000;
  private static final Duration FORGET_EVERY = Duration.ofHours(1);
  private static final Duration LAST_WORDS = Duration.ofMillis(500);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(2);

  /** For what was told just before the stop: less than {@link #LONGEST_STOP}. */
  private static final Duration LAST_LOOK = Duration.ofMillis(1500);

  private static final long LAST_PAUSE_MILLIS = 100;

  /** Behind all who may still have something to tell when the service stops. */
  private static final int LAST = 10_000;

  private static final String SELECT =
      "select id, topic, key, payload from outbox order by id limit " + BATCH;
  private static final String DELETE = "delete from outbox where id = any (?)";

  private final DataSource database;
  private final KafkaClient kafka;
  private final Semaphore woken = new Semaphore(0);
  private final Thread thread = Thread.ofPlatform().daemon().name("outbox").unstarted(this::run);
  private volatile boolean running = true;
  private volatile long lookUntilNanos;

  /** Only the thread is here. */
  private long forgetAtNanos = System.nanoTime();

  @Inject
  OutboxRelay(
      DataSource database, @ConfigProperty(name = "coffer.kafka.bootstrap") String bootstrap) {
    this(database, KafkaClient.own(bootstrap));
  }

  OutboxRelay(DataSource database, KafkaClient kafka) {
    this.database = database;
    this.kafka = kafka;
  }

  private record Row(long id, ProducerRecord<String, String> event) {}

  void start(@Observes StartupEvent event) {
    thread.start();
  }

  void stop(@Observes @Priority(LAST) ShutdownEvent event) {
    lookUntilNanos = System.nanoTime() + LAST_LOOK.toNanos();
    running = false;
    wake();
    try {
      thread.join(LONGEST_STOP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void wake() {
    woken.release();
  }

  private Properties settings() {
    Properties settings = kafka.settings();
    settings.put("acks", "all");
    settings.put("enable.idempotence", "true");
    // One at a time: a broker that knows nothing of a producer yet takes any sequence as its first,
    // so a later request could be taken before an earlier one that has to be repeated.
    settings.put("max.in.flight.requests.per.connection", "1");
    settings.put("linger.ms", "0");
    settings.put("buffer.memory", "2097152");
    settings.put("max.block.ms", "3000");
    settings.put("request.timeout.ms", "5000");
    // For ever: a record that expires would be overtaken by those behind it.
    settings.put("delivery.timeout.ms", Integer.toString(Integer.MAX_VALUE));
    settings.put("reconnect.backoff.max.ms", "1000");
    return settings;
  }

  private void run() {
    try {
      while (running) {
        publishUntilTrouble();
      }
      while (mayGoOn() && !lookOnceMore()) {
        TimeUnit.MILLISECONDS.sleep(LAST_PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void publishUntilTrouble() throws InterruptedException {
    try {
      Optional<RelayTurn> turn = RelayTurn.take(database);
      if (turn.isPresent()) {
        publish(turn.get());
      } else {
        waitForWork();
      }
    } catch (SQLException | ExecutionException | RuntimeException e) {
      LOG.warnf("events wait: %s", e.getMessage());
      TimeUnit.MILLISECONDS.sleep(BACK_OFF_MILLIS);
    }
  }

  /** Whether it had the turn: another replica that has it may be ending as well. */
  private boolean lookOnceMore() throws InterruptedException {
    try {
      Optional<RelayTurn> turn = RelayTurn.take(database);
      if (turn.isPresent()) {
        publish(turn.get());
      }
      return turn.isPresent();
    } catch (SQLException | ExecutionException | RuntimeException e) {
      LOG.warnf("events wait for the next start: %s", e.getMessage());
      return true;
    }
  }

  /** After trouble a fresh producer starts at the oldest event; the old one says no more. */
  private void publish(RelayTurn turn)
      throws SQLException, ExecutionException, InterruptedException {
    KafkaProducer<String, String> producer = null;
    try (turn) {
      producer = new KafkaProducer<>(settings(), new StringSerializer(), new StringSerializer());
      while (running) {
        publishAll(turn, producer);
        forgetKeys(turn);
        waitForWork();
      }
      publishAll(turn, producer);
    } finally {
      if (producer != null) {
        producer.close(running ? Duration.ZERO : LAST_WORDS);
      }
    }
  }

  /** Some in each hour; the next are for the next look. */
  private void forgetKeys(RelayTurn turn) throws SQLException {
    long now = System.nanoTime();
    if (now - forgetAtNanos >= 0
        && KeySequences.forget(turn.connection()) < KeySequences.MOST_FORGOTTEN) {
      forgetAtNanos = now + FORGET_EVERY.toNanos();
    }
  }

  /** A stop leaves a moment for what waits: otherwise it is told at the next start. */
  private boolean mayGoOn() {
    return running || System.nanoTime() - lookUntilNanos < 0;
  }

  private void waitForWork() throws InterruptedException {
    if (woken.tryAcquire(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
      woken.drainPermits();
    }
  }

  private void publishAll(RelayTurn turn, KafkaProducer<String, String> producer)
      throws SQLException, ExecutionException, InterruptedException {
    while (mayGoOn() && publishBatch(turn, producer) == BATCH) {
      LOG.debug("a full batch was published");
    }
  }

  private int publishBatch(RelayTurn turn, KafkaProducer<String, String> producer)
      throws SQLException, ExecutionException, InterruptedException {
    List<Row> rows = select(turn.connection());
    // As they leave: a certificate that is good now is good for all who read them later.
    SignedRecords.sign(kafka.identity().get(), rows.stream().map(Row::event).toList());
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (Row row : rows) {
      Future<RecordMetadata> record = producer.send(row.event());
      if (record.isDone()) {
        record.get(); // Failed before it left, without a broker: none may go in front of it.
      }
      sent.add(record);
    }
    for (Future<RecordMetadata> record : sent) {
      if (!isAcknowledged(turn, record)) {
        return 0;
      }
    }
    delete(turn.connection(), rows);
    return rows.size();
  }

  /** Waits as long as it takes and keeps the turn meanwhile; false when stopped. */
  private boolean isAcknowledged(RelayTurn turn, Future<RecordMetadata> record)
      throws SQLException, ExecutionException, InterruptedException {
    while (mayGoOn()) {
      try {
        record.get(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return true;
      } catch (TimeoutException e) {
        LOG.debug("the broker does not acknowledge yet");
        turn.keep();
      }
    }
    return false;
  }

  private static List<Row> select(Connection connection) throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(SELECT);
        ResultSet found = select.executeQuery()) {
      while (found.next()) {
        rows.add(
            new Row(
                found.getLong(1),
                new ProducerRecord<>(found.getString(2), found.getString(3), found.getString(4))));
      }
    }
    return rows;
  }

  private static void delete(Connection connection, List<Row> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    Object[] ids = rows.stream().map(Row::id).toArray();
    try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setArray(1, connection.createArrayOf("bigint", ids));
      delete.executeUpdate();
    }
  }
}
