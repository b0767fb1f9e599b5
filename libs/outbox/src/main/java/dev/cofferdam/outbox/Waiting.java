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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * The events of one transaction, written at its end: a key's count is locked from there to the
 * commit and no longer, behind all other locks of the transaction, and those of several keys in one
 * order. So transactions that tell of the same keys wait for each other, and never in a circle.
 */
final class Waiting implements Synchronization {
  private static final String INSERT = "insert into outbox (topic, key, payload) values (?, ?, ?)";

  private final DataSource database;
  private final Runnable committed;
  private final List<Told> events = new ArrayList<>();

  private record Told(Event event, Actor actor) {}

  /** Those of all transactions are locked in this order. */
  private record Chain(String topic, String key) implements Comparable<Chain> {
    private static final Comparator<Chain> ORDER =
        Comparator.comparing(Chain::topic).thenComparing(Chain::key);

    static Chain of(Event event) {
      return new Chain(event.topic().wireName(), event.key());
    }

    @Override
    public int compareTo(Chain other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * @param committed is told once they can be published
   */
  Waiting(DataSource database, Runnable committed) {
    this.database = database;
    this.committed = committed;
  }

  void add(Event event, Actor actor) {
    events.add(new Told(event, actor));
  }

  /** Those of one key stay in the order in which they were told. */
  @Override
  public void beforeCompletion() {
    Map<Chain, List<Told>> chains = new TreeMap<>();
    for (Told told : events) {
      chains.computeIfAbsent(Chain.of(told.event()), chain -> new ArrayList<>()).add(told);
    }
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (Map.Entry<Chain, List<Told>> chain : chains.entrySet()) {
        count(connection, chain.getKey(), chain.getValue(), insert);
      }
      insert.executeBatch();
    } catch (SQLException e) {
      throw new OutboxException("the events could not be written", e);
    }
  }

  /** One statement counts all of a chain; the rows of all chains leave together. */
  private static void count(
      Connection connection, Chain chain, List<Told> all, PreparedStatement insert)
      throws SQLException {
    KeySequence place = KeySequences.next(connection, chain.topic(), chain.key(), all.size());
    for (Told told : all) {
      Envelope envelope = new Envelope(told.event(), told.actor(), Optional.of(place));
      set(insert, chain.topic(), chain.key(), EventCodec.write(envelope));
      insert.addBatch();
      place = new KeySequence(place.chain(), place.number() + 1);
    }
  }

  static void insert(Connection connection, String topic, String key, String payload)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      set(insert, topic, key, payload);
      insert.executeUpdate();
    }
  }

  private static void set(PreparedStatement insert, String topic, String key, String payload)
      throws SQLException {
    insert.setString(1, topic);
    insert.setString(2, key);
    insert.setString(3, payload);
  }

  @Override
  public void afterCompletion(int status) {
    if (status == Status.STATUS_COMMITTED) {
      committed.run();
    }
  }
}
