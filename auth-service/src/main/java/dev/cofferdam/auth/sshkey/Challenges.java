// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.sshkey;

import dev.cofferdam.auth.share.Asker;
import dev.cofferdam.auth.share.Shares;
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

/**
 * Challenges that wait for their signature; each leaves once. Nobody has to be known to ask for
 * one, so each network has a share of them.
 */
@ApplicationScoped
class Challenges {
  /** A minute's worth of more than a hundred sign-ins a second. */
  static final int MOST = 10_000;

  /** An office behind one address, everybody at once. */
  static final int MOST_OF_NETWORK = 128;

  static final int MOST_OF_SITE = 512;

  private static final Shares SHARES =
      new Shares("ssh_challenge", MOST_OF_NETWORK, MOST_OF_SITE, MOST);
  private static final String INSERT =
      "insert into ssh_challenge (id, text, namespace, name, fingerprint, expires_at, asker,"
          + " asker_site) values (?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String TAKE =
      "delete from ssh_challenge where id = ?"
          + " returning text, namespace, name, fingerprint, expires_at";

  private final DataSource database;
  private final InstantSource clock;

  Challenges(DataSource database, InstantSource clock) {
    this.clock = clock;
    this.database = database;
  }

  /**
   * @throws ProblemException 429 if as many wait for this network as it may have
   */
  @Transactional
  void add(Challenge challenge, Asker asker) {
    try (Connection connection = database.getConnection()) {
      if (!SHARES.makeRoom(connection, asker, clock.instant())) {
        throw new ProblemException(Problem.tooManyTries((int) Challenge.LIFE.toSeconds()));
      }
      try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
        insert.setObject(1, challenge.id());
        insert.setString(2, challenge.text());
        insert.setString(3, challenge.namespace());
        insert.setString(4, challenge.name());
        insert.setString(5, challenge.fingerprint());
        insert.setTimestamp(6, Timestamp.from(challenge.expiresAt()));
        insert.setString(7, asker.network());
        insert.setString(8, asker.site());
        insert.executeUpdate();
      }
    } catch (SQLException e) {
      throw new ProblemException(Problem.unavailable("The database"), e);
    }
  }

  /**
   * Takes it away in one statement, committed with it and before anything is looked at: of two who
   * answer the same one, one finds nothing. Empty too if it has expired.
   */
  @Transactional(TxType.NEVER)
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
