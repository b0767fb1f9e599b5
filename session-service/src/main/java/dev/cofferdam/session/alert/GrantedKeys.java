// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.alert;

import dev.cofferdam.ledger.Fact;
import dev.cofferdam.ledger.Row;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * Each grant of a key answers one request for it: one that nothing asked for, or that comes once
 * more, is beside an opening. What was asked for and has no session yet waits for {@link
 * UnusedKeys}.
 */
final class GrantedKeys implements Lookout {
  private static final String ANSWERED =
      "delete from asked_key where session_id = ? and workspace_id = ? and granted_at is null"
          + " and (dropped or exists (select 1 from session where id = session_id))";
  private static final String WAITS =
      "update asked_key set granted_at = now(), entry = ?"
          + " where session_id = ? and workspace_id = ? and granted_at is null";

  @Override
  public List<Finding> look(Row row, Connection database) throws SQLException {
    Fact fact = row.entry().fact();
    if (!fact.what().kind().equals("key-granted")) {
      return List.of();
    }
    UUID session = UUID.fromString(fact.what().subject());
    UUID workspace = UUID.fromString(fact.what().workspace());
    if (changed(database, ANSWERED, session, workspace)
        || changed(database, WAITS, row.entry().seq(), session, workspace)) {
      return List.of();
    }
    return List.of(
        Finding.of(
            Rule.KEY_NOT_ASKED_FOR,
            fact.what().workspace(),
            1,
            row,
            "for session " + session + ", for which no key was asked for, or one was granted"));
  }

  private static boolean changed(Connection database, String statement, Object... values)
      throws SQLException {
    try (PreparedStatement change = database.prepareStatement(statement)) {
      for (int i = 0; i < values.length; i++) {
        change.setObject(i + 1, values[i]);
      }
      return change.executeUpdate() == 1;
    }
  }
}
