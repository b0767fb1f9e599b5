// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.outbox;

import dev.cofferdam.events.Actor;
import dev.cofferdam.events.Envelope;
import dev.cofferdam.events.Event;
import dev.cofferdam.events.EventCodec;
import dev.cofferdam.events.KeySequence;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The events of one transaction, written at its end: a key's count is locked from there to the
 * commit and no longer, behind all other locks of the transaction, and those of several keys in one
 * order. So transactions that tell of the same keys wait for each other, and never in a circle.
 */
final class Waiting implements Synchronization {
  private static final String INSERT = "insert into outbox (topic, key, payload) values (?, ?, ?)";

  private final DataSource database;
  private final OutboxRelay relay;
  private final List<Told> events = new ArrayList<>();

  private record Told(Event event, Actor actor) {
    String topic() {
      return event.topic().wireName();
    }

    String key() {
      return event.key();
    }
  }

  Waiting(DataSource database, OutboxRelay relay) {
    this.database = database;
    this.relay = relay;
  }

  void add(Event event, Actor actor) {
    events.add(new Told(event, actor));
  }

  /** Those of one key stay in the order in which they were told. */
  @Override
  public void beforeCompletion() {
    events.sort(Comparator.comparing(Told::topic).thenComparing(Told::key));
    try (Connection connection = database.getConnection()) {
      for (Told told : events) {
        KeySequence place = KeySequences.next(connection, told.topic(), told.key());
        Envelope envelope = new Envelope(told.event(), told.actor(), Optional.of(place));
        insert(connection, told.topic(), told.key(), EventCodec.write(envelope));
      }
    } catch (SQLException e) {
      throw new OutboxException("the events could not be written", e);
    }
  }

  static void insert(Connection connection, String topic, String key, String payload)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, topic);
      insert.setString(2, key);
      insert.setString(3, payload);
      insert.executeUpdate();
    }
  }

  @Override
  public void afterCompletion(int status) {
    if (status == Status.STATUS_COMMITTED) {
      relay.wake();
    }
  }
}
