// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.sshkey;

import dev.cofferdam.auth.share.Asker;
import dev.cofferdam.auth.share.Shares;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import javax.sql.DataSource;

/**
 * Failures in a row to sign in as somebody, whether there is one or not, and how long who fails has
 * to wait: after some that are free, a second, and twice as long each time up to {@link #LONGEST}.
 * Each network has failures of its own at an account, so that nobody keeps its person out from
 * elsewhere. In the database, so that they count wherever one is asked and answered; forgotten
 * {@link #REMEMBERED} after the last.
 */
@Singleton
@Startup
class Failures {
  static final Duration LONGEST = Duration.ofMinutes(1);
  static final Duration REMEMBERED = Duration.ofHours(1);

  /** Pairs of an account and a network; when there are more, who has most makes room. */
  static final int MOST = 20_000;

  /** More than a network can fail at in that hour, as it has to wait as such. */
  static final int MOST_OF_SITE = 1_000;

  private static final int MOST_FREE = 1_000_000;

  private static final Shares SHARES =
      new Shares("sign_in_failure", MOST_OF_SITE, MOST_OF_SITE, MOST);
  private static final String FIND =
      "select failures, failed_at from sign_in_failure"
          + " where account = ? and asker = ? and expires_at > ?";
  private static final String ADD_ONE =
      "update sign_in_failure set failures = least(failures + 1, 2000000), failed_at = ?,"
          + " expires_at = ? where account = ? and asker = ? and expires_at > ?";

  /** Two at once are two. */
  private static final String ADD_FIRST =
      "insert into sign_in_failure as f"
          + " (account, asker, asker_site, failures, failed_at, expires_at)"
          + " values (?, ?, ?, 1, ?, ?) on conflict (account, asker) do update set"
          + " failures = least(f.failures + 1, 2000000), failed_at = excluded.failed_at,"
          + " expires_at = excluded.expires_at";

  private static final String FORGET_OLDEST =
      "delete from sign_in_failure where ctid in (select ctid from sign_in_failure"
          + " where asker_site = ? order by expires_at limit 1)";
  private static final String FORGET =
      "delete from sign_in_failure where account = ? and asker = ?";

  private final DataSource database;
  private final InstantSource clock;
  private final int free;

  @Inject
  Failures(DataSource database, InstantSource clock, SshConfig config) {
    this(database, clock, free(config.freeFailures()));
  }

  Failures(DataSource database, InstantSource clock, int free) {
    this.database = database;
    this.clock = clock;
    this.free = free;
  }

  private static int free(int configured) {
    if (configured < 1 || configured > MOST_FREE) {
      throw new ConfigurationException(
          "coffer.ssh.free-failures is %d: it takes 1 to %d".formatted(configured, MOST_FREE));
    }
    return configured;
  }

  /**
   * Before somebody tries.
   *
   * @param account a name or a fingerprint; empty for whoever does not say, who waits for nothing
   * @throws ProblemException 429 with the seconds to wait
   */
  void requireTry(String account, Asker asker) {
    if (account.isEmpty()) {
      return;
    }
    Duration left = left(account, asker);
    if (left.isPositive()) {
      throw new ProblemException(Problem.tooManyTries(Math.toIntExact(up(left))));
    }
  }

  private static long up(Duration time) {
    return time.plusMillis(999).toSeconds();
  }

  private Duration left(String account, Asker asker) {
    Instant now = clock.instant();
    try (Connection connection = database.getConnection();
        PreparedStatement find = connection.prepareStatement(FIND)) {
      find.setString(1, key(account));
      find.setString(2, asker.network());
      find.setTimestamp(3, Timestamp.from(now));
      try (ResultSet row = find.executeQuery()) {
        return row.next()
            ? Duration.between(now, row.getTimestamp(2).toInstant().plus(delay(row.getInt(1))))
            : Duration.ZERO;
      }
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  private Duration delay(int failures) {
    int beyond = failures - free;
    return beyond <= 0
        ? Duration.ZERO
        : Duration.ofSeconds(Math.min(LONGEST.toSeconds(), 1L << Math.min(beyond - 1, 6)));
  }

  /** They failed once more. */
  @Transactional
  void failed(String account, Asker asker) {
    if (account.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    try (Connection connection = database.getConnection()) {
      if (!addOne(connection, account, asker, now)) {
        if (!SHARES.makeRoom(connection, asker, now)) {
          forgetOldest(connection, asker);
        }
        addFirst(connection, account, asker, now);
      }
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  /** Whether they had failed before. */
  private static boolean addOne(Connection connection, String account, Asker asker, Instant now)
      throws SQLException {
    try (PreparedStatement add = connection.prepareStatement(ADD_ONE)) {
      add.setTimestamp(1, Timestamp.from(now));
      add.setTimestamp(2, Timestamp.from(now.plus(REMEMBERED)));
      add.setString(3, key(account));
      add.setString(4, asker.network());
      add.setTimestamp(5, Timestamp.from(now));
      return add.executeUpdate() == 1;
    }
  }

  private static void addFirst(Connection connection, String account, Asker asker, Instant now)
      throws SQLException {
    try (PreparedStatement add = connection.prepareStatement(ADD_FIRST)) {
      add.setString(1, key(account));
      add.setString(2, asker.network());
      add.setString(3, asker.site());
      add.setTimestamp(4, Timestamp.from(now));
      add.setTimestamp(5, Timestamp.from(now.plus(REMEMBERED)));
      add.executeUpdate();
    }
  }

  /** Nobody's but their own make room for them. */
  private static void forgetOldest(Connection connection, Asker asker) throws SQLException {
    try (PreparedStatement forget = connection.prepareStatement(FORGET_OLDEST)) {
      forget.setString(1, asker.site());
      forget.executeUpdate();
    }
  }

  /** They are who they said. */
  @Transactional
  void succeeded(String account, Asker asker) {
    if (account.isEmpty()) {
      return;
    }
    try (Connection connection = database.getConnection();
        PreparedStatement forget = connection.prepareStatement(FORGET)) {
      forget.setString(1, key(account));
      forget.setString(2, asker.network());
      forget.executeUpdate();
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  /** Names are the same in capitals; of fingerprints it does no harm. */
  private static String key(String account) {
    return account.toLowerCase(Locale.ROOT);
  }

  private static ProblemException unavailable(SQLException e) {
    return new ProblemException(Problem.unavailable("The database"), e);
  }
}
