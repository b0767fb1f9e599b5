// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * One line of somebody's history.
 *
 * @param what {@code signed-in}, {@code refused} or {@code ended}
 * @param reason why it was refused or ended, a stable word; else empty
 * @param tries how often within a minute, from 1
 */
record SignInRecord(
    Instant at,
    String what,
    String method,
    String credential,
    String address,
    String userAgent,
    String reason,
    int tries) {

  /** With its number: later ones have higher numbers. */
  record Numbered(long number, SignInRecord record) {
    static Numbered of(ResultSet row) throws SQLException {
      return new Numbered(
          row.getLong("id"),
          new SignInRecord(
              row.getTimestamp("at").toInstant(),
              row.getString("what"),
              row.getString("method"),
              row.getString("credential"),
              row.getString("address"),
              row.getString("user_agent"),
              row.getString("reason"),
              row.getInt("tries")));
    }
  }
}
