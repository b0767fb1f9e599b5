// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import dev.cofferdam.events.SessionEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/** Whether the events of each session come one after the other, none twice and none left out. */
@ApplicationScoped
class Sequences {
  private static final String TAKE_PLACE =
      "insert into recorded_sequence (session_id, sequence, event_id) values (?, ?, ?)"
          + " on conflict do nothing";
  private static final String IN_PLACE =
      "select event_id from recorded_sequence where session_id = ? and sequence = ?";

  private final DataSource database;

  Sequences(DataSource database) {
    this.database = database;
  }

  enum Verdict {
    /** The next one, or the same once more. */
    FITS,
    /** The one before it was never heard of. */
    GAP,
    /** Another event has its place. */
    REPEATED
  }

  /** Call inside the transaction that records the event. */
  @Transactional(Transactional.TxType.MANDATORY)
  Verdict take(SessionEvent event) {
    UUID session = event.session().value();
    try (Connection connection = database.getConnection()) {
      if (!takePlace(connection, event)) {
        return has(connection, session, event.sequence(), event.id())
            ? Verdict.FITS
            : Verdict.REPEATED;
      }
      boolean follows = event.sequence() == 1 || isTaken(connection, session, event.sequence() - 1);
      return follows ? Verdict.FITS : Verdict.GAP;
    } catch (SQLException e) {
      throw LedgerProblem.unavailable(e);
    }
  }

  private static boolean takePlace(Connection connection, SessionEvent event) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(TAKE_PLACE)) {
      insert.setObject(1, event.session().value());
      insert.setInt(2, event.sequence());
      insert.setObject(3, event.id());
      return insert.executeUpdate() == 1;
    }
  }

  private static boolean isTaken(Connection connection, UUID session, int sequence)
      throws SQLException {
    try (PreparedStatement select = place(connection, session, sequence);
        ResultSet row = select.executeQuery()) {
      return row.next();
    }
  }

  private static boolean has(Connection connection, UUID session, int sequence, UUID event)
      throws SQLException {
    try (PreparedStatement select = place(connection, session, sequence);
        ResultSet row = select.executeQuery()) {
      UUID there = row.next() ? row.getObject(1, UUID.class) : null;
      return there == null || there.equals(event);
    }
  }

  private static PreparedStatement place(Connection connection, UUID session, int sequence)
      throws SQLException {
    PreparedStatement select = connection.prepareStatement(IN_PLACE);
    select.setObject(1, session);
    select.setInt(2, sequence);
    return select;
  }
}
