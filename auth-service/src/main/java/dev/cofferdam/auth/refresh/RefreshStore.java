// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.refresh;

import dev.cofferdam.auth.refresh.RefreshTokens.Family;
import dev.cofferdam.auth.token.AccessTokens;
import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Refresh tokens, by their hashes. Each question is one statement, which outside of a transaction
 * is one of its own: a refresh waits for the database twice.
 */
@ApplicationScoped
class RefreshStore {
  private static final String FIND =
      "select t.spent_at is null as good,"
          + " s.ended_at is null and s.expires_at > ? and a.disabled_at is null as holds,"
          + " s.id, s.method, s.credential, s.expires_at, a.id, a.name, a.role"
          + " from refresh_token t join browser_session s on s.id = t.sign_in"
          + " join account a on a.id = s.account_id where t.token_hash = ?";
  private static final String ADD =
      "insert into refresh_token (token_hash, sign_in, issued_at, expires_at)";

  /** Spends in any case; there is a next one only for a sign-in that holds. */
  private static final String SPEND =
      "with spent as (update refresh_token set spent_at = ? where token_hash = ? and"
          + " spent_at is null returning sign_in), next as ("
          + ADD
          + " select ?, s.id, ?, s.expires_at from spent join browser_session s"
          + " on s.id = spent.sign_in join account a on a.id = s.account_id where"
          + " s.ended_at is null and s.expires_at > ? and a.disabled_at is null returning 1)"
          + " select (select count(*) from spent), (select count(*) from next)";

  private final DataSource database;

  RefreshStore(DataSource database) {
    this.database = database;
  }

  /** What a token is that somebody showed. */
  sealed interface Shown {
    record Good(Family family, String accountName) implements Shown {}

    /** Good itself, but its sign-in has ended, or its time is over: both end together. */
    record Over(UUID signIn) implements Shown {}

    record Spent(UUID signIn) implements Shown {}

    record Unknown() implements Shown {}
  }

  /** What became of one that was to be spent. */
  enum Spending {
    NEXT,
    /** Its sign-in has ended. */
    OVER,
    /** Somebody else was quicker. */
    TAKEN
  }

  Shown find(byte[] hash, Instant now) {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(FIND)) {
      select.setTimestamp(1, Timestamp.from(now));
      select.setBytes(2, hash);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? shown(row) : new Shown.Unknown();
      }
    } catch (SQLException e) {
      throw away(e);
    }
  }

  private static Shown shown(ResultSet row) throws SQLException {
    UUID signIn = row.getObject(3, UUID.class);
    if (!row.getBoolean(1)) {
      return new Shown.Spent(signIn);
    }
    if (!row.getBoolean(2)) {
      return new Shown.Over(signIn);
    }
    AccessTokens.Bearer bearer =
        new AccessTokens.Bearer(
            new UserId(row.getObject(7, UUID.class)),
            Role.parse(row.getString(9)),
            signIn,
            row.getString(4),
            row.getString(5),
            Optional.empty());
    Instant endsAt = row.getTimestamp(6).toInstant();
    return new Shown.Good(new Family(bearer, endsAt), row.getString(8));
  }

  Spending spend(byte[] hash, byte[] next, Instant now) {
    Timestamp at = Timestamp.from(now);
    try (Connection connection = database.getConnection();
        PreparedStatement spend = connection.prepareStatement(SPEND)) {
      spend.setTimestamp(1, at);
      spend.setBytes(2, hash);
      spend.setBytes(3, next);
      spend.setTimestamp(4, at);
      spend.setTimestamp(5, at);
      try (ResultSet row = spend.executeQuery()) {
        row.next();
        if (row.getInt(1) == 0) {
          return Spending.TAKEN;
        }
        return row.getInt(2) == 0 ? Spending.OVER : Spending.NEXT;
      }
    } catch (SQLException e) {
      throw away(e);
    }
  }

  /** In the transaction that stores the sign-in. */
  void addFirst(byte[] hash, UUID signIn, Instant now, Instant until) {
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(ADD + " values (?, ?, ?, ?)")) {
      insert.setBytes(1, hash);
      insert.setObject(2, signIn);
      insert.setTimestamp(3, Timestamp.from(now));
      insert.setTimestamp(4, Timestamp.from(until));
      insert.executeUpdate();
    } catch (SQLException e) {
      throw away(e);
    }
  }

  private static ProblemException away(SQLException e) {
    return new ProblemException(Problem.unavailable("The database"), e);
  }
}
