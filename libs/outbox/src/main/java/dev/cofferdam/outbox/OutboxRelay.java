// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.outbox;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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
 * Publishes what is in the outbox, oldest first, and removes it once Kafka has it. What was
 * published but not yet removed at a crash is published again: at least once, in order per key.
 * While Kafka is down events wait in the table and everything else goes on.
 */
@ApplicationScoped
public class OutboxRelay {
  private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
  private static final int BATCH = 100;
  private static final long LOOK_EVERY_MILLIS = 500;
  private static final long BACK_OFF_MILLIS = 1000;
  private static final long ACKNOWLEDGE_SECONDS = 10;
  private static final String SELECT =
      "select id, topic, key, payload from outbox order by id limit "
          + BATCH
          + " for update skip locked";
  private static final String DELETE = "delete from outbox where id = any (?)";

  private final DataSource database;
  private final Properties kafka;
  private final Semaphore woken = new Semaphore(0);
  private final Thread thread = Thread.ofPlatform().daemon().name("outbox").unstarted(this::run);
  private volatile boolean running = true;

  OutboxRelay(DataSource database, @ConfigProperty(name = "coffer.kafka.bootstrap") String kafka) {
    this.database = database;
    this.kafka = settings(kafka);
  }

  void start(@Observes StartupEvent event) {
    thread.start();
  }

  void stop(@Observes ShutdownEvent event) {
    running = false;
    thread.interrupt();
  }

  void wake() {
    woken.release();
  }

  private static Properties settings(String bootstrap) {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", bootstrap);
    settings.put("acks", "all");
    settings.put("enable.idempotence", "true");
    settings.put("linger.ms", "0");
    settings.put("buffer.memory", "2097152");
    settings.put("max.block.ms", "3000");
    settings.put("request.timeout.ms", "5000");
    settings.put("delivery.timeout.ms", "8000");
    settings.put("reconnect.backoff.max.ms", "1000");
    return settings;
  }

  private void run() {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(kafka, new StringSerializer(), new StringSerializer())) {
      while (running) {
        waitForWork();
        publishAll(producer);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void waitForWork() throws InterruptedException {
    if (woken.tryAcquire(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
      woken.drainPermits();
    }
  }

  private void publishAll(KafkaProducer<String, String> producer) throws InterruptedException {
    try {
      while (running && publishBatch(producer) == BATCH) {
        LOG.debug("a full batch was published");
      }
    } catch (SQLException | ExecutionException | TimeoutException | RuntimeException e) {
      LOG.warnf("events wait: %s", e.getMessage());
      TimeUnit.MILLISECONDS.sleep(BACK_OFF_MILLIS);
    }
  }

  private int publishBatch(KafkaProducer<String, String> producer)
      throws SQLException, ExecutionException, TimeoutException, InterruptedException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        List<Long> sent = send(connection, producer);
        delete(connection, sent);
        connection.commit();
        return sent.size();
      } catch (SQLException | ExecutionException | TimeoutException | RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }

  private static List<Long> send(Connection connection, KafkaProducer<String, String> producer)
      throws SQLException, ExecutionException, TimeoutException, InterruptedException {
    List<Long> ids = new ArrayList<>();
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(SELECT);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        ids.add(rows.getLong(1));
        sent.add(
            producer.send(
                new ProducerRecord<>(rows.getString(2), rows.getString(3), rows.getString(4))));
      }
    }
    for (Future<RecordMetadata> record : sent) {
      record.get(ACKNOWLEDGE_SECONDS, TimeUnit.SECONDS);
    }
    return ids;
  }

  private static void delete(Connection connection, List<Long> ids) throws SQLException {
    if (ids.isEmpty()) {
      return;
    }
    try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
      delete.executeUpdate();
    }
  }
}
