// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.sshkey;

import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Challenges that wait for their signature; each leaves once. */
@ApplicationScoped
class Challenges {
  /** A minute's worth of more than a hundred sign-ins a second. */
  static final int MOST = 10_000;

  private static final String SWEEP = "delete from ssh_challenge where expires_at <= ?";
  private static final String COUNT = "select count(*) from ssh_challenge";
  private static final String INSERT =
      "insert into ssh_challenge (id, text, namespace, name, fingerprint, expires_at)"
          + " values (?, ?, ?, ?, ?, ?)";
  private static final String TAKE =
      "delete from ssh_challenge where id = ?"
          + " returning text, namespace, name, fingerprint, expires_at";

  private final DataSource database;
  private final InstantSource clock;

  Challenges(DataSource database, InstantSource clock) {
    this.clock = clock;
    this.database = database;
  }

  @Transactional
  void add(Challenge challenge) {
    try (Connection connection = database.getConnection()) {
      sweep(connection);
      try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
        insert.setObject(1, challenge.id());
        insert.setString(2, challenge.text());
        insert.setString(3, challenge.namespace());
        insert.setString(4, challenge.name());
        insert.setString(5, challenge.fingerprint());
        insert.setTimestamp(6, Timestamp.from(challenge.expiresAt()));
        insert.executeUpdate();
      }
    } catch (SQLException e) {
      throw new ProblemException(Problem.unavailable("The database"), e);
    }
  }

  private void sweep(Connection connection) throws SQLException {
    try (PreparedStatement sweep = connection.prepareStatement(SWEEP)) {
      sweep.setTimestamp(1, Timestamp.from(clock.instant()));
      sweep.executeUpdate();
    }
    try (PreparedStatement count = connection.prepareStatement(COUNT);
        ResultSet row = count.executeQuery()) {
      row.next();
      if (row.getInt(1) >= MOST) {
        throw new ProblemException(Problem.unavailable("Signing in with SSH"));
      }
    }
  }

  /**
   * Takes it away in one statement, committed before anything is looked at: of two who answer the
   * same one, one finds nothing. Empty too if it has expired.
   */
  @Transactional(TxType.REQUIRES_NEW)
  Optional<Challenge> take(UUID id) {
    Instant now = clock.instant();
    try (Connection connection = database.getConnection();
        PreparedStatement take = connection.prepareStatement(TAKE)) {
      take.setObject(1, id);
      try (ResultSet row = take.executeQuery()) {
        return row.next()
            ? Optional.of(read(id, row)).filter(taken -> taken.expiresAt().isAfter(now))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw new ProblemException(Problem.unavailable("The database"), e);
    }
  }

  private static Challenge read(UUID id, ResultSet row) throws SQLException {
    return new Challenge(
        id,
        row.getString("text"),
        row.getString("namespace"),
        row.getString("name"),
        row.getString("fingerprint"),
        row.getTimestamp("expires_at").toInstant());
  }
}
