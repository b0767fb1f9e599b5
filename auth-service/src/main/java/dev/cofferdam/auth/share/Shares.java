// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.share;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;

/**
 * The bounds of a table of things that wait for a while, with the columns {@code asker}, {@code
 * asker_site} and {@code expires_at}. Whoever has their share gets no more; when the table is full,
 * whoever has most makes room, so that nobody can keep others out by asking from many places. When
 * many ask at once there may be a few more.
 */
public final class Shares {
  private final String table;
  private final int mostOfNetwork;
  private final int mostOfSite;
  private final int most;

  /**
   * @param table its name, no input of anybody's
   */
  public Shares(String table, int mostOfNetwork, int mostOfSite, int most) {
    this.table = table;
    this.mostOfNetwork = mostOfNetwork;
    this.mostOfSite = mostOfSite;
    this.most = most;
  }

  /**
   * Before something is put in, in the same transaction; what has expired leaves.
   *
   * @return whether they may have one more
   */
  public boolean makeRoom(Connection connection, Asker asker, Instant now) throws SQLException {
    forgetExpired(connection, now);
    String counts =
        "select (select count(*) from %1$s where asker = ?),"
            + " (select count(*) from %1$s where asker_site = ?), (select count(*) from %1$s)";
    try (PreparedStatement count = connection.prepareStatement(counts.formatted(table))) {
      count.setString(1, asker.network());
      count.setString(2, asker.site());
      try (ResultSet row = count.executeQuery()) {
        row.next();
        if (row.getInt(1) >= mostOfNetwork || row.getInt(2) >= mostOfSite) {
          return false;
        }
        if (row.getInt(3) >= most) {
          forgetOneOfTheLargest(connection);
        }
        return true;
      }
    }
  }

  private void forgetExpired(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from " + table + " where expires_at <= ?")) {
      delete.setTimestamp(1, Timestamp.from(now));
      delete.executeUpdate();
    }
  }

  /** Its oldest; of those that have the same number any. */
  private void forgetOneOfTheLargest(Connection connection) throws SQLException {
    String oldest =
        "delete from %1$s where ctid in (select ctid from %1$s where asker_site ="
            + " (select asker_site from %1$s group by asker_site order by count(*) desc limit 1)"
            + " order by expires_at limit 1)";
    try (PreparedStatement delete = connection.prepareStatement(oldest.formatted(table))) {
      delete.executeUpdate();
    }
  }
}
