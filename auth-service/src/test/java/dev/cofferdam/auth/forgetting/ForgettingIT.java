// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.forgetting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.auth.AuthServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What is deleted once it is long over, and what is not. */
@QuarkusTest
@QuarkusTestResource(AuthServers.class)
class ForgettingIT {
  private static final String OWNER = "(select id from account where name = 'owner')";

  @Inject Forgetting forgetting;
  @Inject DataSource database;

  /** So that tests find what is theirs. */
  private final String mine = UUID.randomUUID().toString();

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection()) {
      assertThat(connection.createStatement().executeUpdate(sql)).as(sql).isPositive();
    }
  }

  private long count(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        ResultSet row = connection.createStatement().executeQuery("select count(*) from " + sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static String bytes() {
    return "sha256(convert_to(gen_random_uuid()::text, 'UTF8'))";
  }

  private UUID signIn(String expiredFor) throws SQLException {
    UUID id = UUID.randomUUID();
    execute(
        "insert into browser_session (id, secret_hash, account_id, created_at, expires_at,"
            + " user_agent, address, method, credential, last_seen_at) values ('%s', %s, %s,"
                .formatted(id, bytes(), OWNER)
            + " now() - interval '%1$s' - interval '12 hours', now() - interval '%1$s', '%2$s', '',"
                .formatted(expiredFor, mine)
            + " 'oidc', '', now() - interval '%s')".formatted(expiredFor));
    execute(
        "insert into provider_session (browser_session_id, account_id, issuer, subject)"
            + " values ('%s', %s, '%s', 's')".formatted(id, OWNER, mine));
    execute(
        "insert into refresh_token (token_hash, sign_in, issued_at, expires_at, spent_at)"
            + " select %s, '%s', now(), now() - interval '%s', spent from"
                .formatted(bytes(), id, expiredFor)
            + " (values (now()), (null)) t (spent)");
    return id;
  }

  private long signIns() throws SQLException {
    return count("browser_session where user_agent = '" + mine + "'");
  }

  private static String tokensOf(UUID signIn) {
    return "refresh_token where sign_in = '" + signIn + "'";
  }

  private void links(int many, String expiredFor) throws SQLException {
    execute(
        "insert into link (token_hash, account_id, created_at, expires_at) select"
            + " sha256(convert_to('%s' || n || '%s', 'UTF8')), %s, now(), now() - interval '%s'"
                .formatted(mine, expiredFor, OWNER, expiredFor)
            + " from generate_series(1, %d) n".formatted(many));
  }

  private long links(String expiredFor, int many) throws SQLException {
    return count(
        "link where token_hash in (select sha256(convert_to('%s' || n || '%s', 'UTF8'))"
                .formatted(mine, expiredFor)
            + " from generate_series(1, %d) n)".formatted(many));
  }

  private void invitation(String expiredFor) throws SQLException {
    execute(
        "insert into invitation (id, token_hash, role, name, created_by, created_at, expires_at)"
            + " values (gen_random_uuid(), %s, 'member', '%s', %s, now(),"
                .formatted(bytes(), mine, OWNER)
            + " now() - interval '%s')".formatted(expiredFor));
  }

  @Test
  void aSignInGoesThirtyDaysAfterItWasOverWithAllThatHangsOnIt() throws SQLException {
    UUID old = signIn("31 days");
    UUID lately = signIn("29 days");
    forgetting.sweep();
    assertThat(count("browser_session where id = '" + old + "'")).isZero();
    assertThat(count("provider_session where browser_session_id = '" + old + "'")).isZero();
    assertThat(count("browser_session where id = '" + lately + "'")).isEqualTo(1);
    assertThat(signIns()).isEqualTo(1);
  }

  @Test
  void spentRefreshTokensStayWhileTheirSignInHoldsAndADayMore() throws SQLException {
    UUID holds = signIn("-1 hour");
    UUID over = signIn("23 hours");
    UUID longOver = signIn("25 hours");
    forgetting.sweep();
    assertThat(count(tokensOf(holds))).isEqualTo(2);
    assertThat(count(tokensOf(over))).isEqualTo(2);
    assertThat(count(tokensOf(longOver))).isZero();
    assertThat(signIns()).isEqualTo(3);
  }

  @Test
  void linksAndInvitationsGoThirtyDaysAfterTheirEnd() throws SQLException {
    links(2 * Forgetting.MOST_AT_ONCE + 1, "31 days");
    links(1, "29 days");
    invitation("31 days");
    invitation("29 days");
    forgetting.sweep();
    assertThat(links("31 days", 2 * Forgetting.MOST_AT_ONCE + 1)).isZero();
    assertThat(links("29 days", 1)).isEqualTo(1);
    assertThat(count("invitation where name = '" + mine + "'")).isEqualTo(1);
  }

  @Test
  void whatAnotherReplicaDeletesIsNotWaitedFor() throws SQLException {
    links(3, "40 days");
    try (Connection other = database.getConnection()) {
      other.setAutoCommit(false);
      other
          .createStatement()
          .executeQuery(
              "select 1 from link where token_hash = sha256(convert_to('"
                  + mine
                  + "1"
                  + "40 days', 'UTF8')) for update");
      forgetting.sweep();
      assertThat(links("40 days", 3)).isEqualTo(1);
      other.rollback();
    }
    forgetting.sweep();
    assertThat(links("40 days", 3)).isZero();
  }
}
