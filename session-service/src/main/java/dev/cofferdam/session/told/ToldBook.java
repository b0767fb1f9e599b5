// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.told;

import dev.cofferdam.outbox.ToldCounts.Count;
import dev.cofferdam.outbox.ToldCounts.Mark;
import dev.cofferdam.partidentity.PartName;
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
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;

/** Up to where each teller was asked, and what of its counts was never heard. */
@ApplicationScoped
class ToldBook {
  private static final String MARK = "select at, topic, key from told_mark where teller = ?";
  private static final String BEGIN =
      "insert into told_mark (at, topic, key, teller) values (?, ?, ?, ?) on conflict do nothing";

  /** By one replica only: the next finds it moved. */
  private static final String MOVE =
      "update told_mark set at = ?, topic = ?, key = ?"
          + " where teller = ? and at = ? and topic = ? and key = ?";

  private static final String NEVER_HEARD =
      "select told.topic, told.key, told.chain, told.number, coalesce(heard.number, 0)"
          + " from unnest(?, ?, ?, ?) told (topic, key, chain, number)"
          + " left join heard_sequence heard on heard.teller = ? and heard.topic = told.topic"
          + " and heard.key = told.key and heard.chain = told.chain"
          + " where told.number > coalesce(heard.number, 0) order by told.topic, told.key";

  private final DataSource database;

  ToldBook(DataSource database) {
    this.database = database;
  }

  /**
   * A key whose newest events nobody heard.
   *
   * @param heard how far it was heard, from 0
   */
  record Missing(Count told, long heard) {}

  /** Empty before it was ever asked. */
  @Transactional
  public Optional<Mark> mark(PartName teller) {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(MARK)) {
      select.setString(1, teller.word());
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Mark(
                    row.getObject(1, OffsetDateTime.class).toInstant(),
                    row.getString(2),
                    row.getString(3)))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Transactional
  public void begin(PartName teller, Mark at) {
    change(BEGIN, teller, at);
  }

  /** Whether it still was there; then nobody else is until the end of the transaction. */
  @Transactional
  public boolean move(PartName teller, Mark from, Mark to) {
    return change(MOVE, teller, to, from) == 1;
  }

  private int change(String statement, PartName teller, Mark to, Mark... from) {
    try (Connection connection = database.getConnection();
        PreparedStatement change = connection.prepareStatement(statement)) {
      set(change, 1, to);
      change.setString(4, teller.word());
      for (Mark mark : from) {
        set(change, 5, mark);
      }
      return change.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void set(PreparedStatement statement, int first, Mark mark) throws SQLException {
    statement.setObject(first, mark.at().atOffset(ZoneOffset.UTC));
    statement.setString(first + 1, mark.topic());
    statement.setString(first + 2, mark.key());
  }

  @Transactional
  public List<Missing> neverHeard(PartName teller, List<Count> told) {
    List<Missing> missing = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(NEVER_HEARD)) {
      select.setArray(1, connection.createArrayOf("text", of(told, Count::topic)));
      select.setArray(2, connection.createArrayOf("text", of(told, Count::key)));
      select.setArray(3, connection.createArrayOf("uuid", of(told, Count::chain)));
      select.setArray(4, connection.createArrayOf("bigint", of(told, Count::number)));
      select.setString(5, teller.word());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Count count =
              new Count(
                  row.getString(1), row.getString(2), row.getObject(3, UUID.class), row.getLong(4));
          missing.add(new Missing(count, row.getLong(5)));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return missing;
  }

  private static Object[] of(List<Count> told, Function<Count, Object> what) {
    return told.stream().map(what).toArray();
  }
}
