// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import dev.cofferdam.ledger.Hash;
import dev.cofferdam.ledger.Head;
import dev.cofferdam.ledger.LineWriter;
import dev.cofferdam.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Heads in the database; each goes to Kafka in the transaction that puts it there. */
@ApplicationScoped
public class HeadStore {
  /** Lines as in an export, so that what was read from it can be given to the verifier. */
  static final String TOPIC = "coffer.audit.v1";

  /** One key, so that they stay in order. */
  private static final String KEY = "ledger";

  private static final String INSERT =
      "insert into ledger.head (size, root, at, key_version, signature) values (?, ?, ?, ?, ?)"
          + " on conflict do nothing";
  private static final String FROM =
      "select * from ledger.head where size >= ? order by size limit ?";
  private static final String NEWEST = "select * from ledger.head order by size desc limit ?";

  private final DataSource database;
  private final Outbox outbox;

  HeadStore(DataSource database, Outbox outbox) {
    this.database = database;
    this.outbox = outbox;
  }

  /** Of two for the same size the first one counts. */
  @Transactional
  void add(Head head) {
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setLong(1, head.size());
      insert.setBytes(2, head.root().toBytes());
      insert.setObject(3, head.at().atOffset(ZoneOffset.UTC));
      insert.setInt(4, head.keyVersion());
      insert.setString(5, head.signature());
      if (insert.executeUpdate() == 1) {
        outbox.add(TOPIC, KEY, LineWriter.write(head));
      }
    } catch (SQLException e) {
      throw LedgerProblem.unavailable(e);
    }
  }

  Optional<Head> newest() {
    return list(NEWEST, 1L).stream().findFirst();
  }

  /** Of ledgers of at least that size, the smallest first. */
  List<Head> from(long size, int most) {
    return list(FROM, size, (long) most);
  }

  private List<Head> list(String sql, Long... values) {
    List<Head> heads = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        select.setLong(i + 1, values[i]);
      }
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          heads.add(
              new Head(
                  row.getLong("size"),
                  Hash.copyOf(row.getBytes("root")),
                  row.getObject("at", OffsetDateTime.class).toInstant(),
                  row.getInt("key_version"),
                  row.getString("signature")));
        }
      }
    } catch (SQLException e) {
      throw LedgerProblem.unavailable(e);
    }
    return heads;
  }
}
