// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import dev.cofferdam.ledger.Entry;
import dev.cofferdam.ledger.Fact;
import dev.cofferdam.ledger.Frontier;
import dev.cofferdam.ledger.Hash;
import dev.cofferdam.ledger.Merkle;
import dev.cofferdam.ledger.Outcome;
import dev.cofferdam.ledger.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Reads the ledger. Entries are committed in their order and never changed, so what was read once
 * stays so and a page needs no transaction with the one before.
 */
@ApplicationScoped
public class LedgerReader {
  private static final String SELECT = "select * from ledger.entry";
  private static final String SIZE = "select coalesce(max(seq) + 1, 0) from ledger.entry";

  private final DataSource database;

  LedgerReader(DataSource database) {
    this.database = database;
  }

  /** How many entries there are. */
  public long size() {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(SIZE);
        ResultSet row = select.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    } catch (SQLException e) {
      throw LedgerProblem.unavailable(e);
    }
  }

  /** Of the tree over the first {@code size} entries, from what is stored with them. */
  Hash root(long size) {
    try (Connection connection = database.getConnection()) {
      return Frontier.of(new StoredNodes(connection), size).root();
    } catch (SQLException e) {
      throw LedgerProblem.unavailable(e);
    }
  }

  /** The proof that entry {@code seq} is in the tree over the first {@code size}. */
  List<Hash> inclusion(long seq, long size) {
    try (Connection connection = database.getConnection()) {
      return Merkle.inclusion(new StoredNodes(connection), seq, size);
    } catch (SQLException e) {
      throw LedgerProblem.unavailable(e);
    }
  }

  Optional<Row> find(long seq) {
    return list(Filter.ALL.and("seq = ?", seq), "seq", 1).stream().findFirst();
  }

  /** Entries {@code first} and behind it, the oldest first. */
  public List<Row> from(long first, int most) {
    return oldest(Filter.ALL.and("seq >= ?", first), most);
  }

  /** The newest first. */
  List<Row> newest(Filter filter, int most) {
    return list(filter, "seq desc", most);
  }

  /** The oldest first. */
  List<Row> oldest(Filter filter, int most) {
    return list(filter, "seq", most);
  }

  private List<Row> list(Filter filter, String order, int most) {
    String sql = SELECT + filter.where() + " order by " + order + " limit " + most;
    List<Row> rows = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < filter.values().size(); i++) {
        select.setObject(i + 1, filter.values().get(i));
      }
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          rows.add(readable(row));
        }
      }
    } catch (SQLException e) {
      throw LedgerProblem.unavailable(e);
    }
    return rows;
  }

  private static Row readable(ResultSet row) throws SQLException {
    try {
      return row(row);
    } catch (IllegalArgumentException e) {
      throw new UnreadableEntry(row.getLong("seq"), e);
    }
  }

  private static Row row(ResultSet row) throws SQLException {
    Fact fact =
        Fact.of(
            row.getObject("event", UUID.class),
            row.getObject("at", OffsetDateTime.class).toInstant(),
            Fact.Who.cleaned(
                row.getString("actor"), row.getString("credential"), row.getString("address")),
            Fact.What.cleaned(
                row.getString("stream"),
                row.getString("kind"),
                row.getString("workspace"),
                row.getString("subject"),
                row.getString("detail")),
            Outcome.of(row.getString("outcome")),
            row.getString("reason"));
    Entry entry =
        new Entry(
            row.getLong("seq"),
            row.getLong("stream_sequence"),
            Hash.copyOf(row.getBytes("prev")),
            fact);
    return new Row(entry, Hash.copyOf(row.getBytes("hash")));
  }
}
