// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * The turn to publish a table: one replica of a service has it (ADR 0032). It is a lock of the
 * database that hangs on one connection, so it ends with its holder; the database itself ends it
 * for one that has said nothing for fifteen seconds, as when its process is stopped or its machine
 * is cut off. One thread at a time.
 *
 * <p>Two that believe that they have it, for a moment, publish events twice and never in another
 * order: each reads the oldest first and removes none that Kafka has not.
 */
final class RelayTurn implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(RelayTurn.class);

  /** A space of locks of its own, and the table in it: schemas have one each. */
  private static final String TABLE = "(9163, 'outbox'::regclass::oid::int4)";

  private static final String TAKE = "select pg_try_advisory_lock" + TABLE;
  private static final String GIVE_BACK =
      "select pg_advisory_unlock" + TABLE + ", set_config('idle_session_timeout', '0', false)";
  private static final String LONGEST_SILENCE =
      "select set_config('idle_session_timeout', '15s', false)";

  private final Connection connection;

  private RelayTurn(Connection connection) {
    this.connection = connection;
  }

  /** Empty while another one has it. */
  static Optional<RelayTurn> take(DataSource database) throws SQLException {
    Connection connection = database.getConnection();
    boolean taken = false;
    try {
      if (!isTrue(connection, TAKE)) {
        return Optional.empty();
      }
      run(connection, LONGEST_SILENCE);
      taken = true;
      return Optional.of(new RelayTurn(connection));
    } catch (SQLException e) {
      abort(connection);
      throw e;
    } finally {
      if (!taken) {
        connection.close();
      }
    }
  }

  /** The one that the turn hangs on; whatever is asked on it keeps it. */
  Connection connection() {
    return connection;
  }

  /**
   * Says that it is still wanted.
   *
   * @throws SQLException if it is lost
   */
  void keep() throws SQLException {
    run(connection, "select 1");
  }

  private static boolean isTrue(Connection on, String question) throws SQLException {
    try (PreparedStatement asked = on.prepareStatement(question);
        ResultSet answer = asked.executeQuery()) {
      return answer.next() && answer.getBoolean(1);
    }
  }

  private static void run(Connection on, String statement) throws SQLException {
    try (PreparedStatement run = on.prepareStatement(statement)) {
      run.execute();
    }
  }

  /**
   * A connection that may still have the lock must not serve anybody else. The driver's own is
   * broken off: a pool's would only forget it, and its place with it.
   */
  private static void abort(Connection connection) {
    try {
      connection.unwrap(Connection.class).abort(Runnable::run);
    } catch (SQLException e) {
      LOG.debugf("a connection was broken already: %s", e.getMessage());
    }
  }

  @Override
  public void close() {
    try (connection) {
      giveBack();
    } catch (SQLException e) {
      LOG.debugf("a connection was broken already: %s", e.getMessage());
    }
  }

  private void giveBack() {
    try {
      run(connection, GIVE_BACK);
    } catch (SQLException e) {
      LOG.debugf("the turn ends with its connection: %s", e.getMessage());
      abort(connection);
    }
  }
}
