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
 * Challenges for keys that are to be added. Each is taken in the transaction that adds the key, so
 * that it is spent by that and by nothing else.
 */
@ApplicationScoped
class KeyChallenges {
  /** Of one account or invitation at a time. */
  static final int MOST_OF_ONE = 32;

  static final int MOST = 10_000;
  private static final Shares SHARES =
      new Shares("ssh_key_challenge", MOST_OF_ONE, MOST_OF_ONE, MOST);
  private static final String INSERT =
      "insert into ssh_key_challenge (id, text, namespace, given_to, expires_at, asker, asker_site)"
          + " values (?, ?, ?, ?, ?, ?, ?)";
  private static final String TAKE =
      "delete from ssh_key_challenge where id = ? and given_to = ? and expires_at > ?"
          + " returning text, namespace, expires_at";

  private final DataSource database;
  private final InstantSource clock;

  KeyChallenges(DataSource database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * @param givenTo the sign-in or invitation that has to answer it
   * @throws ProblemException 429 if {@value #MOST_OF_ONE} of the asker's wait
   */
  @Transactional
  void add(KeyChallenge challenge, UUID givenTo, Asker asker) {
    Instant now = clock.instant();
    try (Connection connection = database.getConnection()) {
      if (!SHARES.makeRoom(connection, asker, now)) {
        throw new ProblemException(Problem.tooManyTries((int) KeyChallenge.LIFE.toSeconds()));
      }
      try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
        insert.setObject(1, challenge.id());
        insert.setString(2, challenge.text());
        insert.setString(3, challenge.namespace());
        insert.setObject(4, givenTo);
        insert.setTimestamp(5, Timestamp.from(challenge.expiresAt()));
        insert.setString(6, asker.network());
        insert.setString(7, asker.site());
        insert.executeUpdate();
      }
    } catch (SQLException e) {
      throw new ProblemException(Problem.unavailable("The database"), e);
    }
  }

  /** Of two who answer the same one, the second waits for the first, and finds nothing. */
  @Transactional(TxType.MANDATORY)
  Optional<KeyChallenge> take(UUID id, UUID givenTo) {
    try (Connection connection = database.getConnection();
        PreparedStatement take = connection.prepareStatement(TAKE)) {
      take.setObject(1, id);
      take.setObject(2, givenTo);
      take.setTimestamp(3, Timestamp.from(clock.instant()));
      try (ResultSet row = take.executeQuery()) {
        return row.next()
            ? Optional.of(
                new KeyChallenge(
                    id,
                    row.getString("text"),
                    row.getString("namespace"),
                    row.getTimestamp("expires_at").toInstant()))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw new ProblemException(Problem.unavailable("The database"), e);
    }
  }
}
