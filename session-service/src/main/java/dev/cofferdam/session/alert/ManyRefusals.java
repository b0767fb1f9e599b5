// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.alert;

import dev.cofferdam.ledger.Fact;
import dev.cofferdam.ledger.Row;
import dev.cofferdam.session.audit.RefusedDetail;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts refusals by who tried, and by what they are about: so one who tries many things is found,
 * and many who try one. A stranger is the network that he comes from. Counted by whole minutes, so
 * within up to one more than was asked for.
 */
final class ManyRefusals implements Lookout {
  private static final Duration KEPT = Duration.ofHours(1);
  private static final String ADD =
      "insert into alert_refusals values (?, ?, ?)"
          + " on conflict (who, minute) do update set count = alert_refusals.count + excluded.count";
  private static final String SUM =
      "select sum(count) from alert_refusals where who = ? and minute >= ? and minute <= ?";
  private static final String FORGET = "delete from alert_refusals where minute < ?";

  private final int many;
  private final Duration within;

  /**
   * @param many so many, from 1
   * @param within whole minutes, at most an hour
   */
  ManyRefusals(int many, Duration within) {
    this.many = many;
    this.within = within;
  }

  @Override
  public List<Finding> look(Row row, Connection database) throws SQLException {
    Fact fact = row.entry().fact();
    if (!fact.what().kind().equals("refused")) {
      return List.of();
    }
    RefusedDetail refused = RefusedDetail.parse(fact.what().detail());
    // Of events it counts those that are missing, which nobody tried.
    int times = refused.what().equals("event") ? 1 : refused.count();
    List<Finding> found = new ArrayList<>();
    for (String who : concerned(fact)) {
      long before = sum(database, who, fact.at());
      add(database, who, fact.at(), times);
      long all = before + times;
      if (all >= many) {
        found.add(
            Finding.of(
                Rule.MANY_REFUSALS,
                who,
                before >= many ? times : all,
                row,
                all + " in " + within.toMinutes() + " minutes, the last: " + last(fact)));
      }
    }
    forget(database, fact.at().minus(KEPT));
    return found;
  }

  private static String last(Fact fact) {
    return RefusedDetail.parse(fact.what().detail()).what() + ", " + fact.reason();
  }

  private static List<String> concerned(Fact fact) {
    List<String> concerned = new ArrayList<>();
    if (!fact.who().actor().isEmpty()) {
      concerned.add("account " + fact.who().actor());
    } else if (!fact.who().address().isEmpty()) {
      concerned.add("network " + Network.of(fact.who().address()));
    }
    if (!fact.what().subject().isEmpty()) {
      concerned.add("tried on " + fact.what().subject());
    }
    if (concerned.isEmpty()) {
      // Of a flood from everywhere nobody is named any more, see Tally; what was tried still is.
      concerned.add("anybody: " + RefusedDetail.parse(fact.what().detail()).what());
    }
    return concerned;
  }

  private long sum(Connection database, String who, Instant at) throws SQLException {
    Instant minute = at.truncatedTo(ChronoUnit.MINUTES);
    try (PreparedStatement select = database.prepareStatement(SUM)) {
      select.setString(1, who);
      select.setObject(2, minute.minus(within).atOffset(ZoneOffset.UTC));
      select.setObject(3, minute.atOffset(ZoneOffset.UTC));
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  private static void add(Connection database, String who, Instant at, int times)
      throws SQLException {
    try (PreparedStatement insert = database.prepareStatement(ADD)) {
      insert.setString(1, who);
      insert.setObject(2, at.truncatedTo(ChronoUnit.MINUTES).atOffset(ZoneOffset.UTC));
      insert.setLong(3, times);
      insert.executeUpdate();
    }
  }

  private static void forget(Connection database, Instant before) throws SQLException {
    try (PreparedStatement delete = database.prepareStatement(FORGET)) {
      delete.setObject(1, before.atOffset(ZoneOffset.UTC));
      delete.executeUpdate();
    }
  }
}
