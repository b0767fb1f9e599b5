// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.alert;

import dev.cofferdam.ledger.Fact.Who;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Keys that were asked for and granted, and with which nothing had opened a minute after the grant
 * was looked at, by the database's clock. Each is told of once, whichever replica looks.
 */
@ApplicationScoped
class UnusedKeys {
  private static final Logger LOG = Logger.getLogger(UnusedKeys.class);
  private static final int MOST_AT_ONCE = 100;

  private static final String OVERDUE =
      "delete from asked_key where session_id in (select session_id from asked_key"
          + " where granted_at < now() - interval '60 seconds' order by granted_at limit "
          + MOST_AT_ONCE
          + " for update skip locked) returning session_id, workspace_id, entry,"
          + " dropped or exists (select 1 from session where id = session_id)";

  private final Alerts alerts;
  private final DataSource database;
  private final InstantSource clock;

  UnusedKeys(Alerts alerts, DataSource database, InstantSource clock) {
    this.alerts = alerts;
    this.database = database;
    this.clock = clock;
  }

  @Scheduled(every = "5s", delayed = "20s", concurrentExecution = ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  void onTime() {
    try {
      QuarkusTransaction.requiringNew().run(this::look);
    } catch (RuntimeException e) {
      LOG.warnf("granted keys are looked at later: %s", e.getMessage());
    }
  }

  private void look() {
    try (Connection connection = database.getConnection();
        PreparedStatement overdue = connection.prepareStatement(OVERDUE);
        ResultSet row = overdue.executeQuery()) {
      while (row.next()) {
        if (!row.getBoolean(4)) {
          alerts.raise(unused(row.getString(1), row.getString(2), row.getLong(3)));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Finding unused(String session, String workspace, long entry) {
    return new Finding(
        Rule.KEY_UNUSED,
        workspace,
        1,
        clock.instant(),
        OptionalLong.of(entry),
        Who.NOBODY,
        workspace,
        session,
        "for session " + session + ", which did not open within a minute");
  }
}
