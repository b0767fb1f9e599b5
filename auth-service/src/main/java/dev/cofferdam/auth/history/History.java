// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.history;

import dev.cofferdam.auth.signin.BrowserSession;
import dev.cofferdam.auth.sshkey.SshKeys;
import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.refusals.Tally;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Sign-ins of accounts: for {@link #KEPT}, and of one account at most {@value #MOST} of each kind,
 * so that a flood of failures displaces nothing but failures.
 */
@ApplicationScoped
class History {
  static final Duration KEPT = Duration.ofDays(90);
  static final int MOST = 500;
  private static final String INSERT =
      "insert into sign_in_record"
          + " (account_id, event_id, at, what, method, credential, address, user_agent, reason,"
          + " tries) select id, ?, ?, ?, ?, ?, ?, ?, ?, ? from account where id = ?";

  /** Ways to sign in, and what was tried with them: the words of refusals that are told here. */
  private static final Pattern WAY =
      Pattern.compile(
          "(link|ssh-key|passkey|oidc|github|provider|invitation|api-key)-(refused|not-registered)");

  private final DataSource database;
  private final Notices notices;

  History(DataSource database, Notices notices) {
    this.database = database;
    this.notices = notices;
  }

  void take(@Observes SecurityEvent event) {
    switch (event) {
      case SecurityEvent.SignedIn e -> signedIn(e);
      case SecurityEvent.SignInEnded e -> ended(e);
      case SecurityEvent.Refused e -> refused(e);
      case SecurityEvent.CredentialChanged e -> {
        if (e.what().equals("added") && !e.kind().equals("invitation")) {
          notices.newKey(e);
        }
      }
      case SecurityEvent.AccountChanged e -> {}
      case SecurityEvent.EmergencyStopChanged e -> {}
      case SecurityEvent.MaintenanceChanged e -> {}
      case SecurityEvent.OthersSeen e -> {}
      case SecurityEvent.OfAlert e -> {}
    }
  }

  private void signedIn(SecurityEvent.SignedIn e) {
    String userAgent = session(e.browserSession()).map(BrowserSession::userAgent).orElse("");
    if (isNewDevice(e, userAgent)) {
      notices.newDevice(e, userAgent);
    }
    SignInRecord record =
        new SignInRecord(
            e.at(), "signed-in", e.method(), e.credential(), e.address(), userAgent, "", 1);
    add(e.user(), e.id(), record);
  }

  /** The first sign-in of all is not news; then every browser at a place counts as a device. */
  private boolean isNewDevice(SecurityEvent.SignedIn e, String userAgent) {
    List<SignInRecord> before = list(e.user(), "signed-in", MOST);
    String browser = BrowserWords.of(userAgent);
    return !before.isEmpty()
        && before.stream()
            .noneMatch(
                r ->
                    BrowserWords.of(r.userAgent()).equals(browser)
                        && r.address().equals(e.address()));
  }

  private void ended(SecurityEvent.SignInEnded e) {
    session(e.browserSession())
        .ifPresent(
            s ->
                add(
                    e.user(),
                    e.id(),
                    new SignInRecord(
                        e.at(),
                        "ended",
                        s.method(),
                        s.credential(),
                        s.address(),
                        s.userAgent(),
                        e.reason(),
                        1)));
  }

  /** Only what is about an account; {@code passkey-refused} was tried by {@code passkey}. */
  private void refused(SecurityEvent.Refused e) {
    Matcher way = WAY.matcher(e.what());
    if (!way.matches()) {
      return;
    }
    account(e.subject())
        .ifPresent(
            user ->
                add(
                    user,
                    e.id(),
                    new SignInRecord(
                        e.at(),
                        "refused",
                        way.group(1),
                        isTheirs(user, e) ? e.asker().credential() : "",
                        e.asker().address(),
                        "",
                        e.why(),
                        e.count())));
  }

  /** Somebody else's key may have been tried, and which that is is theirs to know. */
  private static boolean isTheirs(UserId user, SecurityEvent.Refused e) {
    return !e.what().startsWith("ssh-key") || SshKeys.isOf(user, e.asker().credential());
  }

  /** With what it was tried; told after the event, in the same transaction. */
  void browser(@Observes Tally.Told told) {
    change(
        "update sign_in_record set user_agent = ? where event_id = ?",
        statement -> {
          statement.setString(1, told.userAgent());
          statement.setObject(2, told.event().id());
        });
  }

  private static Optional<BrowserSession> session(UUID id) {
    return BrowserSession.findByIdOptional(id);
  }

  private static Optional<UserId> account(String subject) {
    try {
      return Optional.of(UserId.parse(subject));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void add(UserId user, UUID event, SignInRecord r) {
    change(
        INSERT,
        insert -> {
          insert.setObject(1, event);
          insert.setTimestamp(2, Timestamp.from(r.at()));
          insert.setString(3, r.what());
          insert.setString(4, r.method());
          insert.setString(5, r.credential());
          insert.setString(6, r.address());
          insert.setString(7, r.userAgent());
          insert.setString(8, r.reason());
          insert.setInt(9, r.tries());
          insert.setObject(10, user.value());
        });
    forgetOld(user, r.what(), r.at());
  }

  private void forgetOld(UserId user, String what, Instant now) {
    change(
        "delete from sign_in_record where at < ?",
        delete -> delete.setTimestamp(1, Timestamp.from(now.minus(KEPT))));
    change(
        "delete from sign_in_record where account_id = ? and what = ? and id <= (select id"
            + " from sign_in_record where account_id = ? and what = ? order by id desc"
            + " offset ? limit 1)",
        delete -> {
          delete.setObject(1, user.value());
          delete.setString(2, what);
          delete.setObject(3, user.value());
          delete.setString(4, what);
          delete.setInt(5, MOST);
        });
  }

  /** The newest first, from before that number. */
  List<SignInRecord.Numbered> page(UserId user, long before, int most) {
    return read(
        "select * from sign_in_record where account_id = ? and id < ? order by id desc limit ?",
        select -> {
          select.setObject(1, user.value());
          select.setLong(2, before);
          select.setInt(3, most);
        });
  }

  private List<SignInRecord> list(UserId user, String what, int most) {
    return read(
            "select * from sign_in_record where account_id = ? and what = ? order by id desc"
                + " limit ?",
            select -> {
              select.setObject(1, user.value());
              select.setString(2, what);
              select.setInt(3, most);
            })
        .stream()
        .map(SignInRecord.Numbered::record)
        .toList();
  }

  private interface Filling {
    void fill(PreparedStatement statement) throws SQLException;
  }

  private void change(String sql, Filling filling) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      filling.fill(statement);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("the history could not be written", e);
    }
  }

  private List<SignInRecord.Numbered> read(String sql, Filling filling) {
    List<SignInRecord.Numbered> records = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      filling.fill(statement);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          records.add(SignInRecord.Numbered.of(row));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the history could not be read", e);
    }
    return records;
  }
}
