// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.grant;

import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.WorkspaceId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * For which sessions keys are asked for, written down before that is done: so that a grant beside
 * an opening shows itself (ADR 0045).
 */
@ApplicationScoped
public class AskedKeys {
  private static final Logger LOG = Logger.getLogger(AskedKeys.class);

  /** The broker keeps the event of a grant for a week. */
  private static final Duration KEPT = Duration.ofDays(8);

  private static final int MOST_FORGOTTEN = 1000;

  private static final String ASK =
      "insert into asked_key (session_id, workspace_id, asked_at) values (?, ?, ?)";
  private static final String REFUSED = "delete from asked_key where session_id = ?";
  private static final String DROPPED = "update asked_key set dropped = true where session_id = ?";
  private static final String FORGET =
      "delete from asked_key where session_id in (select session_id from asked_key"
          + " where granted_at is null and asked_at < ? order by asked_at limit "
          + MOST_FORGOTTEN
          + " for update skip locked)";

  private final DataSource database;
  private final InstantSource clock;

  AskedKeys(DataSource database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Committed when it returns: a grant may be told of as soon as it is asked for. */
  void ask(SessionId session, WorkspaceId workspace) {
    change(ASK, session.value(), workspace.value(), clock.instant().atOffset(ZoneOffset.UTC));
  }

  /** No key was granted: that is certain. */
  void refused(SessionId session) {
    change(REFUSED, session.value());
  }

  /** A key may have been granted, and nothing was opened with it. */
  public void dropped(SessionId session) {
    try {
      change(DROPPED, session.value());
    } catch (RuntimeException e) {
      LOG.warnf("that session %s did not open is not written down", session);
    }
  }

  private int change(String statement, Object... values) {
    return QuarkusTransaction.requiringNew().call(() -> execute(statement, values));
  }

  private int execute(String statement, Object... values) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement change = connection.prepareStatement(statement)) {
      for (int i = 0; i < values.length; i++) {
        change.setObject(i + 1, values[i]);
      }
      return change.executeUpdate();
    }
  }

  /** What was never granted; the event of it can't come any more. */
  @Scheduled(every = "1h", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  void forget() {
    try {
      int forgotten = MOST_FORGOTTEN;
      while (forgotten == MOST_FORGOTTEN) {
        forgotten = change(FORGET, clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC));
      }
    } catch (RuntimeException e) {
      LOG.warnf("what was asked for is forgotten later: %s", e.getMessage());
    }
  }
}
