// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.alert;

import dev.cofferdam.ledger.Fact;
import dev.cofferdam.ledger.Row;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/** A session's steps that go back in time: somebody has set a clock. */
final class Clocks implements Lookout {
  /** As much as clocks of parts may differ, see EventReader. */
  private static final Duration MAY_DIFFER = Duration.ofSeconds(60);

  private static final String BEFORE =
      "select at from ledger.entry where workspace = ? and subject = ? and seq < ?"
          + " and stream = 'session'"
          + " order by seq desc limit 1";

  @Override
  public List<Finding> look(Row row, Connection database) throws SQLException {
    Fact fact = row.entry().fact();
    boolean follows =
        fact.what().kind().startsWith("session-") && !fact.what().kind().equals("session-opening");
    if (!follows) {
      return List.of();
    }
    try (PreparedStatement select = database.prepareStatement(BEFORE)) {
      select.setString(1, fact.what().workspace());
      select.setString(2, fact.what().subject());
      select.setLong(3, row.entry().seq());
      try (ResultSet before = select.executeQuery()) {
        return before.next() ? compare(instant(before), row) : List.of();
      }
    }
  }

  private static Instant instant(ResultSet row) throws SQLException {
    return row.getObject("at", OffsetDateTime.class).toInstant();
  }

  private static List<Finding> compare(Instant before, Row row) {
    Fact fact = row.entry().fact();
    Duration back = Duration.between(fact.at(), before);
    if (back.compareTo(MAY_DIFFER) <= 0) {
      return List.of();
    }
    String detail = fact.what().kind() + " " + back.toSeconds() + " s before the step before it";
    return List.of(Finding.of(Rule.IMPOSSIBLE_TIME, fact.what().subject(), 1, row, detail));
  }
}
