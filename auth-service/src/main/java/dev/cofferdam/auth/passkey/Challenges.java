// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.passkey;

import dev.cofferdam.auth.share.Asker;
import dev.cofferdam.auth.share.Shares;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.secrets.SecretBytes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * 256 random bits each, for two minutes, for one answer: a challenge is gone before its answer is
 * looked at. One for registering is good for the account that asked and for nothing else. At most
 * {@value #MOST_OF_ONE} wait for one account or network (see {@link Shares}), at most {@value
 * #MOST} in all.
 */
@ApplicationScoped
class Challenges {
  /** People look for their phone meanwhile; the specification recommends five minutes at most. */
  static final Duration LIFE = Duration.ofMinutes(2);

  static final int MOST_OF_ONE = 64;
  static final int MOST_OF_SITE = 512;
  static final int MOST = 10_000;
  private static final Shares SHARES =
      new Shares("passkey_challenge", MOST_OF_ONE, MOST_OF_SITE, MOST);
  private static final int BYTES = 32;

  private final DataSource database;
  private final InstantSource clock;

  Challenges(DataSource database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** In base64url. */
  record Issued(UUID id, String challenge) {}

  @Transactional
  Issued forRegistering(UUID account) {
    return issue(Optional.of(account), Asker.only(account.toString()));
  }

  @Transactional
  Issued forSigningIn(String address) {
    return issue(Optional.empty(), Asker.at(address));
  }

  private Issued issue(Optional<UUID> account, Asker asker) {
    Instant now = clock.instant();
    Issued issued = new Issued(UUID.randomUUID(), random());
    try (Connection connection = database.getConnection()) {
      if (!SHARES.makeRoom(connection, asker, now)) {
        throw new ProblemException(tooMany());
      }
      try (PreparedStatement insert =
          connection.prepareStatement(
              "insert into passkey_challenge (id, challenge, account_id, expires_at, asker,"
                  + " asker_site) values (?, ?, ?, ?, ?, ?)")) {
        insert.setObject(1, issued.id());
        insert.setBytes(2, Base64.getUrlDecoder().decode(issued.challenge()));
        insert.setObject(3, account.orElse(null));
        insert.setTimestamp(4, Timestamp.from(now.plus(LIFE)));
        insert.setString(5, asker.network());
        insert.setString(6, asker.site());
        insert.executeUpdate();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the challenge could not be kept", e);
    }
    return issued;
  }

  private static Problem tooMany() {
    Problem problem =
        Problem.of(
            "too-many-challenges",
            429,
            "Too many sign-ins were started",
            "Wait until those have expired.");
    return new Problem(
        problem.slug(),
        problem.status(),
        problem.title(),
        problem.detail(),
        problem.id(),
        problem.errors(),
        Optional.of((int) LIFE.toSeconds()));
  }

  /**
   * The challenge, deleted in a transaction of its own: whatever becomes of the answer, there is no
   * second one.
   *
   * @param account who has to have asked for it; empty for signing in
   */
  @Transactional(TxType.REQUIRES_NEW)
  Optional<byte[]> take(UUID id, Optional<UUID> account) {
    try (Connection connection = database.getConnection();
        PreparedStatement delete =
            connection.prepareStatement(
                "delete from passkey_challenge where id = ?"
                    + " returning challenge, account_id, expires_at")) {
      delete.setObject(1, id);
      try (ResultSet row = delete.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        boolean his = Optional.ofNullable(row.getObject(2, UUID.class)).equals(account);
        boolean inTime = row.getTimestamp(3).toInstant().isAfter(clock.instant());
        return his && inTime ? Optional.of(row.getBytes(1)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the challenge could not be taken", e);
    }
  }

  private static String random() {
    try (SecretBytes bytes = SecretBytes.random(BYTES)) {
      return bytes.toBase64Url();
    }
  }
}
