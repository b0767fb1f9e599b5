// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.forgetting;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Forgets sign-ins, links and invitations whose time was over long ago. What people see of them is
 * in {@code sign_in_record} and in the ledger. Until then a link says that it was used, a cookie
 * whose it was, and an invitation tells whom it let in that somebody shows it again. Replicas that
 * sweep at once take different rows.
 */
@ApplicationScoped
class Forgetting {
  private static final Logger LOG = Logger.getLogger(Forgetting.class);

  static final int MOST_AT_ONCE = 1000;

  /** Of one kind in one sweep; more is left for the next, an hour later. */
  private static final int MOST_ROUNDS = 1000;

  private static final Duration KEPT = Duration.ofDays(30);

  /**
   * A spent one tells a thief only while its sign-in holds, and both expire together; a program may
   * have thousands.
   */
  private static final Duration TOKENS_KEPT = Duration.ofDays(1);

  private static final String TOKENS =
      "delete from refresh_token where token_hash in (select token_hash from refresh_token"
          + " where expires_at < ? order by expires_at limit ? for update skip locked)";
  private static final String LINKS =
      "delete from link where token_hash in (select token_hash from link"
          + " where expires_at < ? order by expires_at limit ? for update skip locked)";
  private static final String INVITATIONS =
      "delete from invitation where id in (select id from invitation"
          + " where expires_at < ? order by expires_at limit ? for update skip locked)";

  /** With what refers to them; one that was ended expires too, within twelve hours. */
  private static final String SIGN_INS =
      "with old as (select id from browser_session"
          + " where expires_at < ? order by expires_at limit ? for update skip locked),"
          + " tokens as (delete from refresh_token where sign_in in (select id from old)),"
          + " places as (delete from provider_session"
          + " where browser_session_id in (select id from old))"
          + " delete from browser_session where id in (select id from old)";

  private final DataSource database;
  private final InstantSource clock;

  Forgetting(DataSource database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  @Scheduled(every = "1h", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  void sweep() {
    Instant now = clock.instant();
    forget("refresh tokens", TOKENS, now.minus(TOKENS_KEPT));
    forget("sign-ins", SIGN_INS, now.minus(KEPT));
    forget("links", LINKS, now.minus(KEPT));
    forget("invitations", INVITATIONS, now.minus(KEPT));
  }

  private void forget(String what, String statement, Instant before) {
    try {
      int forgotten = MOST_AT_ONCE;
      for (int i = 0; i < MOST_ROUNDS && forgotten == MOST_AT_ONCE; i++) {
        forgotten = QuarkusTransaction.requiringNew().call(() -> some(statement, before));
      }
    } catch (RuntimeException e) {
      LOG.warnf("old %s are forgotten later: %s", what, e.getMessage());
    }
  }

  private int some(String statement, Instant before) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement delete = connection.prepareStatement(statement)) {
      delete.setObject(1, before.atOffset(ZoneOffset.UTC));
      delete.setInt(2, MOST_AT_ONCE);
      return delete.executeUpdate();
    }
  }
}
