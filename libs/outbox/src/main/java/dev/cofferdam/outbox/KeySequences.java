// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.outbox;

import dev.cofferdam.events.KeySequence;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Counts a service's events, one count for each topic and key, in its database (ADR 0038): of two
 * transactions that tell of one key the second waits for the first, whichever replica it is of. A
 * key of which nobody told for {@value #KEPT} is forgotten and begins another chain. So does one
 * that was counted in another database (ADR 0042): what was restored from a dump would else give
 * away places that readers have heard of already.
 */
final class KeySequences {
  /** Readers remember for longer: see HeardSequences of session-service. */
  static final String KEPT = "30 days";

  static final int MOST_FORGOTTEN = 1000;

  private static final String IS_OLD = "counted.told_at < now() - interval '" + KEPT + "'";

  /** Of the table: another one in another cluster, on another timeline, or made by a restore. */
  static final String PLACE =
      "(select system_identifier || '/' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8)"
          + " || '/' || 'outbox_sequence'::regclass::oid from pg_control_system())";

  /** Rows from before this was kept have no place, and go on. */
  private static final String BEGINS = "(" + IS_OLD + " or counted.place <> excluded.place)";

  private static final String NEXT =
      "insert into outbox_sequence as counted (topic, key, chain, number, told_at, place)"
          + " values (?, ?, ?, ?, now(), "
          + PLACE
          + ") on conflict (topic, key) do update set chain = case when "
          + BEGINS
          + " then excluded.chain else counted.chain end, number = case when "
          + BEGINS
          + " then excluded.number else counted.number + excluded.number end,"
          + " told_at = excluded.told_at, place = excluded.place"
          + " returning chain, number";
  private static final String FORGET =
      "delete from outbox_sequence where (topic, key) in (select topic, key from outbox_sequence"
          + " counted where "
          + IS_OLD
          + " order by told_at limit "
          + MOST_FORGOTTEN
          + " for update skip locked)";

  private KeySequences() {}

  /** The next place of a key, which is taken if the transaction of the connection commits. */
  static KeySequence next(Connection connection, String topic, String key) throws SQLException {
    return next(connection, topic, key, 1);
  }

  /**
   * The same for several at once, one behind the other.
   *
   * @param count how many places, at least 1
   * @return the first of them
   */
  static KeySequence next(Connection connection, String topic, String key, int count)
      throws SQLException {
    try (PreparedStatement next = connection.prepareStatement(NEXT)) {
      next.setString(1, topic);
      next.setString(2, key);
      next.setObject(3, UUID.randomUUID());
      next.setLong(4, count);
      try (ResultSet row = next.executeQuery()) {
        row.next();
        return new KeySequence(row.getObject(1, UUID.class), row.getLong(2) - count + 1);
      }
    }
  }

  /** How many keys were forgotten, at most {@value #MOST_FORGOTTEN}. */
  static int forget(Connection connection) throws SQLException {
    try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
      return forget.executeUpdate();
    }
  }
}
