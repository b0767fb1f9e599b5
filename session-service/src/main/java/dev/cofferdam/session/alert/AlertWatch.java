// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.alert;

import dev.cofferdam.ledger.Row;
import dev.cofferdam.session.audit.LedgerReader;
import dev.cofferdam.session.audit.UnreadableEntry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Has each entry of the ledger looked at by every rule, once, in order, whichever replica does it:
 * how far it is stands in the database, and moves in the transaction that raises alerts. What was
 * written before this began is not looked at.
 */
@ApplicationScoped
class AlertWatch {
  private static final Logger LOG = Logger.getLogger(AlertWatch.class);
  private static final int MOST_AT_ONCE = 200;

  /** A database that is away looks like this too, but then nothing can be raised either. */
  private static final int FAILURES_OF_ONE = 30;

  private static final String BEGIN =
      "insert into alert_watch values (1, ?) on conflict do nothing";

  /** Another replica that is at it is left alone. */
  private static final String PLACE =
      "select next_entry from alert_watch where id = 1 for update skip locked";

  private static final String MOVE = "update alert_watch set next_entry = ? where id = 1";

  private final LedgerReader ledger;
  private final Alerts alerts;
  private final DataSource database;
  private final InstantSource clock;
  private final List<Lookout> lookouts;

  /** Only the thread of the scheduler, one at a time, is here. */
  private int most = MOST_AT_ONCE;

  private int failures;

  AlertWatch(
      LedgerReader ledger,
      Alerts alerts,
      AlertConfig config,
      DataSource database,
      InstantSource clock) {
    this.ledger = ledger;
    this.alerts = alerts;
    this.database = database;
    this.clock = clock;
    Duration within = Duration.ofMinutes(config.manyRefusalsMinutes());
    lookouts =
        List.of(
            (row, connection) -> SingleEntries.look(row),
            new ManyRefusals(config.manyRefusals(), within),
            new NewNetworks(),
            new GrantedKeys(),
            new Clocks());
  }

  @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  void onTime() {
    try {
      int seen = most;
      while (seen == most) {
        seen = QuarkusTransaction.requiringNew().call(() -> lookOnce(most));
      }
      most = MOST_AT_ONCE;
      failures = 0;
    } catch (UnreadableEntry e) {
      stepOver(e.seq(), e.getMessage());
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  /**
   * Fewer at once may be done in time; and one that fails alone must not keep the others waiting.
   */
  private void failed(RuntimeException e) {
    LOG.warnf("the ledger was not looked at for alerts, %d at once: %s", most, e.getMessage());
    if (most > 1) {
      most = most / 2;
    } else if (++failures >= FAILURES_OF_ONE) {
      stepOver(-1, e.getMessage());
    }
  }

  /**
   * Raises an alert of what can't be looked at, and goes on behind it.
   *
   * @param bad which, or less than 0 for the next
   */
  private void stepOver(long bad, @Nullable String why) {
    try {
      QuarkusTransaction.requiringNew()
          .run(
              () -> {
                try (Connection connection = database.getConnection()) {
                  OptionalLong next = place(connection);
                  if (next.isPresent() && bad <= next.getAsLong()) {
                    long entry = next.getAsLong();
                    String what = "entry " + entry;
                    alerts.raise(
                        Finding.ofLedger(
                            clock.instant(), what, what + " was not looked at: " + why));
                    set(connection, MOVE, entry + 1);
                  }
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      failures = 0;
      // What is before an entry that can't be read comes alone, so that it is the next.
      most = bad < 0 ? MOST_AT_ONCE : 1;
    } catch (RuntimeException e) {
      LOG.warnf("an entry could not be passed over: %s", e.getMessage());
    }
  }

  /** How many entries were looked at. */
  private int lookOnce(int atOnce) throws SQLException {
    try (Connection connection = database.getConnection()) {
      OptionalLong next = place(connection);
      if (next.isEmpty()) {
        // The first time of all; or another replica is at it, and nothing happens.
        set(connection, BEGIN, ledger.size());
        next = place(connection);
      }
      return next.isPresent() ? look(connection, next.getAsLong(), atOnce) : 0;
    }
  }

  private int look(Connection connection, long next, int atOnce) throws SQLException {
    List<Row> rows = ledger.from(next, atOnce);
    if (rows.isEmpty()) {
      return atTheEnd(connection, next);
    }
    long expected = next;
    for (Row row : rows) {
      if (row.entry().seq() != expected) {
        String what = "entry " + expected;
        alerts.raise(Finding.ofLedger(clock.instant(), what, what + " is missing"));
      }
      for (Lookout lookout : lookouts) {
        for (Finding found : lookout.look(row, connection)) {
          alerts.raise(found);
        }
      }
      expected = row.entry().seq() + 1;
    }
    set(connection, MOVE, expected);
    return rows.size();
  }

  /** Nothing new; less than there was is a ledger that was cut. */
  private int atTheEnd(Connection connection, long next) throws SQLException {
    long size = ledger.size();
    if (size < next) {
      String what = "entry " + size;
      String how = "entries " + size + " to " + (next - 1) + " are gone";
      alerts.raise(Finding.ofLedger(clock.instant(), what, how));
      set(connection, MOVE, size);
    }
    return 0;
  }

  private static OptionalLong place(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(PLACE);
        ResultSet row = select.executeQuery()) {
      return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
    }
  }

  private static void set(Connection connection, String sql, long number) throws SQLException {
    try (PreparedStatement change = connection.prepareStatement(sql)) {
      change.setLong(1, number);
      change.executeUpdate();
    }
  }
}
