// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.outbox;

import dev.cofferdam.events.Actor;
import dev.cofferdam.events.Event;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Where a service leaves its events, in the transaction that changes its state; each is counted
 * there, and says whose request it was. The tables:
 *
 * <pre>
 * create table outbox (id bigserial primary key, topic text, key text, payload text)
 * create table outbox_sequence (topic text, key text, chain uuid, number bigint,
 *   told_at timestamptz, place text, primary key (topic, key))
 * </pre>
 */
@ApplicationScoped
public class Outbox {
  private final DataSource database;
  private final TransactionSynchronizationRegistry transaction;
  private final OutboxRelay relay;
  private final RequestActor actors;
  private final jakarta.enterprise.event.Event<Event> observers;

  Outbox(
      DataSource database,
      TransactionSynchronizationRegistry transaction,
      OutboxRelay relay,
      RequestActor actors,
      jakarta.enterprise.event.Event<Event> observers) {
    this.database = database;
    this.transaction = transaction;
    this.relay = relay;
    this.actors = actors;
    this.observers = observers;
  }

  /**
   * Call inside a transaction; the event exists if and only if that commits, which is when it is
   * written. Who observes it in this service does so in the same transaction.
   */
  public void add(Event event) {
    add(event, actors.now());
  }

  /** The same for what somebody else's request, or an earlier one, had happen. */
  public void add(Event event, Actor actor) {
    waiting().add(event, actor);
    observers.fire(event);
  }

  /**
   * The same for what is not an event, for instance a signed head; nobody observes or counts it.
   */
  public void add(String topic, String key, String payload) {
    try (Connection connection = database.getConnection()) {
      Waiting.insert(connection, topic, key, payload);
    } catch (SQLException e) {
      throw new OutboxException("the event could not be written", e);
    }
    waiting();
  }

  /** Of the present transaction, which has it as long as it lasts. */
  private Waiting waiting() {
    if (transaction.getResource(Waiting.class) instanceof Waiting there) {
      return there;
    }
    Waiting waiting = new Waiting(database, relay::wake);
    transaction.registerInterposedSynchronization(waiting);
    transaction.putResource(Waiting.class, waiting);
    return waiting;
  }
}
