// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.outbox;

import dev.cofferdam.events.Event;
import dev.cofferdam.events.EventCodec;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Where a service leaves its events, in the transaction that changes its state. The table:
 *
 * <pre>create table outbox (id bigserial primary key, topic text, key text, payload text)</pre>
 */
@ApplicationScoped
public class Outbox {
  private static final String INSERT = "insert into outbox (topic, key, payload) values (?, ?, ?)";

  private final DataSource database;
  private final TransactionSynchronizationRegistry transaction;
  private final OutboxRelay relay;
  private final jakarta.enterprise.event.Event<Event> observers;

  Outbox(
      DataSource database,
      TransactionSynchronizationRegistry transaction,
      OutboxRelay relay,
      jakarta.enterprise.event.Event<Event> observers) {
    this.database = database;
    this.transaction = transaction;
    this.relay = relay;
    this.observers = observers;
  }

  /**
   * Call inside a transaction; the event exists if and only if that commits. Who observes it in
   * this service does so in the same transaction.
   */
  public void add(Event event) {
    add(event.topic().wireName(), event.key(), EventCodec.write(event));
    observers.fire(event);
  }

  /** The same for what is not an event, for instance a signed head; nobody observes it here. */
  public void add(String topic, String key, String payload) {
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, topic);
      insert.setString(2, key);
      insert.setString(3, payload);
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new OutboxException("the event could not be written", e);
    }
    transaction.registerInterposedSynchronization(new WakeRelay(relay));
  }

  private record WakeRelay(OutboxRelay relay) implements Synchronization {
    @Override
    public void beforeCompletion() {
      // Nothing is to be done before it is certain.
    }

    @Override
    public void afterCompletion(int status) {
      if (status == Status.STATUS_COMMITTED) {
        relay.wake();
      }
    }
  }
}
