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

  /**
   * Adds one, forgets what is too old or too many, and answers what was there before: one
   * statement, since somebody waits who signs in. What is added is not among what its other parts
   * see.
   */
  private static final String ADD =
      "with before as (select user_agent, address from sign_in_record"
          + " where account_id = ? and what = ?),"
          + " added as (insert into sign_in_record"
          + " (account_id, event_id, at, what, method, credential, address, user_agent, reason,"
          + " tries) select id, ?, ?, ?, ?, ?, ?, ?, ?, ? from account where id = ?),"
          + " expired as (delete from sign_in_record where at < ?),"
          + " displaced as (delete from sign_in_record where account_id = ? and what = ? and id <="
          + " (select id from sign_in_record where account_id = ? and what = ? and at >= ?"
          + " order by id desc offset ? limit 1))"
          + " select exists (select from before),"
          + " array(select distinct user_agent from before where address = ?)";

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
        if (e.what().equals("displaced")) {
          notices.displacedKey(e, SshKeys.addedBy(e.user(), e.credential()));
        }
      }
      case SecurityEvent.AccountChanged e -> {}
      case SecurityEvent.EmergencyStopChanged e -> {}
      case SecurityEvent.MaintenanceChanged e -> {}
      case SecurityEvent.OthersSeen e -> {}
      case SecurityEvent.SessionEntered e -> {}
      case SecurityEvent.OfAlert e -> {}
    }
  }

  private void signedIn(SecurityEvent.SignedIn e) {
    String userAgent = session(e.browserSession()).map(BrowserSession::userAgent).orElse("");
    SignInRecord record =
        new SignInRecord(
            e.at(), "signed-in", e.method(), e.credential(), e.address(), userAgent, "", 1);
    if (add(e.user(), e.id(), record).isNewDevice(userAgent)) {
      notices.newDevice(e, userAgent);
    }
  }

  /**
   * What was there of an account and kind before a record was added.
   *
   * @param any whether there was one at all
   * @param userAgents of those from the same address
   */
  private record Before(boolean any, List<String> userAgents) {
    /** The first sign-in of all is not news; then every browser at a place counts as a device. */
    boolean isNewDevice(String userAgent) {
      String browser = BrowserWords.of(userAgent);
      return any && userAgents.stream().map(BrowserWords::of).noneMatch(browser::equals);
    }
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

  private Before add(UserId user, UUID event, SignInRecord r) {
    try (Connection connection = database.getConnection();
        PreparedStatement add = connection.prepareStatement(ADD)) {
      Timestamp oldest = Timestamp.from(r.at().minus(KEPT));
      Object[] values = {
        user.value(),
        r.what(),
        event,
        Timestamp.from(r.at()),
        r.what(),
        r.method(),
        r.credential(),
        r.address(),
        r.userAgent(),
        r.reason(),
        r.tries(),
        user.value(),
        oldest,
        user.value(),
        r.what(),
        user.value(),
        r.what(),
        oldest,
        MOST - 1,
        r.address()
      };
      for (int i = 0; i < values.length; i++) {
        add.setObject(i + 1, values[i]);
      }
      try (ResultSet row = add.executeQuery()) {
        row.next();
        return new Before(row.getBoolean(1), List.of((String[]) row.getArray(2).getArray()));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the history could not be written", e);
    }
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
