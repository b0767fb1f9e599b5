// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import dev.cofferdam.ledger.Entry;
import dev.cofferdam.ledger.Fact;
import dev.cofferdam.ledger.Frontier;
import dev.cofferdam.ledger.Hash;
import dev.cofferdam.ledger.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Appends to the ledger, one transaction after the other, of all replicas: a lock is held until the
 * end of the transaction. What was last is kept in memory and used as long as the database says the
 * same, so a transaction that was rolled back and another replica's entry are both noticed.
 */
@ApplicationScoped
public class Ledger {
  /** Two numbers are a space of locks apart from that of one. */
  private static final String LOCK = "select pg_advisory_xact_lock(5, 9162)";

  private static final String KNOWN =
      "select event, kind, subject from ledger.entry where event = any (?)";
  private static final String RECORDED = "select event from ledger.entry where event = any (?)";
  private static final String LAST = "select seq, hash from ledger.entry order by seq desc limit 1";
  private static final String LAST_OF_STREAM =
      "select stream_sequence, hash from ledger.entry where stream = ?"
          + " order by stream_sequence desc limit 1";
  private static final String INSERT =
      "insert into ledger.entry (seq, stream, stream_sequence, at, kind, actor, credential,"
          + " address, workspace, subject, outcome, reason, detail, event, prev, hash, nodes)"
          + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private final DataSource database;
  private volatile Tip known = new Tip(new Frontier(), Hash.NONE, Map.of());

  Ledger(DataSource database) {
    this.database = database;
  }

  /** Where a stream is. */
  private record Place(long next, Hash last) {}

  /**
   * Where the ledger is.
   *
   * @param tree not to be changed
   */
  private record Tip(Frontier tree, Hash last, Map<String, Place> streams) {}

  /**
   * Call inside the transaction that the facts belong to; those that are there already are left
   * out.
   *
   * @return facts that were left out since another one has the id of their event
   * @throws dev.cofferdam.problems.ProblemException if the ledger can't be written
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public List<Fact> append(List<Fact> facts) {
    try (Connection connection = database.getConnection()) {
      lock(connection);
      Map<UUID, Told> told = told(connection, facts);
      List<Fact> fresh = new ArrayList<>();
      List<Fact> others = new ArrayList<>();
      for (Fact fact : facts) {
        Told before = told.putIfAbsent(fact.event(), Told.of(fact));
        if (before == null) {
          fresh.add(fact);
        } else if (!before.equals(Told.of(fact))) {
          others.add(fact);
        }
      }
      if (!fresh.isEmpty()) {
        insert(connection, fresh);
      }
      return others;
    } catch (SQLException e) {
      throw LedgerProblem.unavailable(e);
    }
  }

  /** Which of these events have their entries; the caller's own, to be changed. */
  Set<UUID> recorded(Collection<UUID> events) {
    Set<UUID> there = new HashSet<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(RECORDED)) {
      select.setArray(1, connection.createArrayOf("uuid", events.toArray()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          there.add(row.getObject(1, UUID.class));
        }
      }
    } catch (SQLException e) {
      throw LedgerProblem.unavailable(e);
    }
    return there;
  }

  private static void lock(Connection connection) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
      lock.execute();
    }
  }

  /** What an id stands for. */
  private record Told(String kind, String subject) {
    static Told of(Fact fact) {
      return new Told(fact.what().kind(), fact.what().subject());
    }
  }

  private static Map<UUID, Told> told(Connection connection, List<Fact> facts) throws SQLException {
    Map<UUID, Told> told = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(KNOWN)) {
      select.setArray(
          1, connection.createArrayOf("uuid", facts.stream().map(Fact::event).toArray()));
      try (ResultSet there = select.executeQuery()) {
        while (there.next()) {
          told.put(
              there.getObject(1, UUID.class), new Told(there.getString(2), there.getString(3)));
        }
      }
    }
    return told;
  }

  private void insert(Connection connection, List<Fact> facts) throws SQLException {
    Tip tip = tip(connection);
    Frontier tree = tip.tree().copy();
    Map<String, Place> streams = new HashMap<>(tip.streams());
    Hash last = tip.last();
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (Fact fact : facts) {
        String stream = fact.what().stream();
        Place place = streams.get(stream);
        if (place == null) {
          place = place(connection, stream);
        }
        Row row = Row.of(new Entry(tree.size(), place.next(), place.last(), fact));
        fill(insert, row, tree.append(row.hash()));
        insert.addBatch();
        streams.put(stream, new Place(place.next() + 1, row.hash()));
        last = row.hash();
      }
      insert.executeBatch();
    }
    known = new Tip(tree, last, streams);
  }

  private Tip tip(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LAST);
        ResultSet row = select.executeQuery()) {
      long size = row.next() ? row.getLong(1) + 1 : 0;
      Hash last = size == 0 ? Hash.NONE : Hash.copyOf(row.getBytes(2));
      Tip remembered = known;
      if (remembered.tree().size() == size && remembered.last().equals(last)) {
        return remembered;
      }
      return new Tip(Frontier.of(new StoredNodes(connection), size), last, Map.of());
    }
  }

  private static Place place(Connection connection, String stream) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LAST_OF_STREAM)) {
      select.setString(1, stream);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? new Place(row.getLong(1) + 1, Hash.copyOf(row.getBytes(2)))
            : new Place(0, Hash.NONE);
      }
    }
  }

  private static void fill(PreparedStatement insert, Row row, List<Hash> completed)
      throws SQLException {
    Entry entry = row.entry();
    Fact fact = entry.fact();
    insert.setLong(1, entry.seq());
    insert.setString(2, fact.what().stream());
    insert.setLong(3, entry.streamSequence());
    insert.setObject(4, fact.at().atOffset(ZoneOffset.UTC));
    insert.setString(5, fact.what().kind());
    insert.setString(6, fact.who().actor());
    insert.setString(7, fact.who().credential());
    insert.setString(8, fact.who().address());
    insert.setString(9, fact.what().workspace());
    insert.setString(10, fact.what().subject());
    insert.setString(11, fact.outcome().wireName());
    insert.setString(12, fact.reason());
    insert.setString(13, fact.what().detail());
    insert.setObject(14, fact.event());
    insert.setBytes(15, entry.prev().toBytes());
    insert.setBytes(16, row.hash().toBytes());
    insert.setBytes(17, StoredNodes.bytes(completed));
  }
}
