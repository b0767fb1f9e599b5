// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.alert;

import dev.cofferdam.ledger.Fact;
import dev.cofferdam.ledger.Row;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/**
 * Remembers from where each key was shown: the {@value #MOST} networks used last. The first one is
 * no news.
 */
final class NewNetworks implements Lookout {
  static final int MOST = 100;
  private static final String OTHERS =
      "select count(*), count(*) filter (where network = ?) from alert_network where credential = ?";

  /** Where a key is shown: also by programs, which sign in nowhere. */
  private static final Set<String> SHOWN =
      Set.of("signed-in", "session-opening", "session-entered");

  private static final String SEEN =
      "insert into alert_network values (?, ?, ?)"
          + " on conflict (credential, network)"
          + " do update set seen_at = greatest(alert_network.seen_at, excluded.seen_at)";
  private static final String FORGET =
      "delete from alert_network where credential = ? and network in (select network"
          + " from alert_network where credential = ? order by seen_at desc, network offset "
          + MOST
          + ")";

  @Override
  public List<Finding> look(Row row, Connection database) throws SQLException {
    Fact fact = row.entry().fact();
    String key = fact.who().credential();
    if (!SHOWN.contains(fact.what().kind()) || key.isEmpty() || fact.who().address().isEmpty()) {
      return List.of();
    }
    String network = Network.of(fact.who().address());
    boolean isNew = isNew(database, key, network);
    seen(database, key, network, fact);
    return isNew
        ? List.of(
            Finding.of(
                Rule.NEW_NETWORK,
                key + " from " + network,
                1,
                row,
                fact.what().detail() + " from " + network))
        : List.of();
  }

  private static boolean isNew(Connection database, String key, String network)
      throws SQLException {
    try (PreparedStatement select = database.prepareStatement(OTHERS)) {
      select.setString(1, network);
      select.setString(2, key);
      try (ResultSet row = select.executeQuery()) {
        return row.next() && row.getLong(1) > 0 && row.getLong(2) == 0;
      }
    }
  }

  private static void seen(Connection database, String key, String network, Fact fact)
      throws SQLException {
    try (PreparedStatement insert = database.prepareStatement(SEEN);
        PreparedStatement forget = database.prepareStatement(FORGET)) {
      insert.setString(1, key);
      insert.setString(2, network);
      insert.setObject(3, fact.at().atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
      forget.setString(1, key);
      forget.setString(2, key);
      forget.executeUpdate();
    }
  }
}
