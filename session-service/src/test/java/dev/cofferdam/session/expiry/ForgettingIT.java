// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.expiry;

import static dev.cofferdam.session.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.session.Gateway;
import dev.cofferdam.session.GrantDesk;
import dev.cofferdam.session.Person;
import dev.cofferdam.session.SessionServers;
import dev.cofferdam.testkit.Eventually;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TokenIssuer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class ForgettingIT {
  private static final Eventually SOON = Eventually.within(Duration.ofSeconds(20));
  private static final String PLACES =
      "select count(*) from recorded_sequence where session_id = cast(? as uuid)";
  private static final String ENTRIES = "select count(*) from ledger.entry where subject = ?";

  @Inject DataSource database;
  @Inject Forgetting forgetting;

  Servers servers;
  TokenIssuer issuer;
  GrantDesk desk;
  Person owner;
  Gateway gateway;

  @BeforeEach
  void meet() {
    owner = new Person(issuer);
    gateway = new Gateway(servers);
  }

  private String locked() {
    String session = owner.opening(desk.workspaceOf(owner.id()));
    gateway.opened(session);
    gateway.locked(session, "idle");
    SOON.until("all three events recorded", () -> count(PLACES, session) == 3);
    return session;
  }

  private long count(String sql, String session) {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, session);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private void age(String session, String days) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "update session set locked_at = now() - cast(? as interval),"
                    + " opened_at = now() - interval '40 days' where id = ?")) {
      update.setString(1, days);
      update.setObject(2, UUID.fromString(session));
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }

  @Test
  void whatWasLockedAMonthAgoIsInTheLedgerAlone() throws SQLException {
    String old = locked();
    String younger = locked();
    String open = owner.opening(desk.workspaceOf(owner.id()));
    age(old, "30 days 1 minute");
    age(younger, "29 days 23 hours");

    forgetting.sweep();

    refused(owner.get("/sessions/" + old), 404, "not-found");
    assertThat(count(PLACES, old)).isZero();
    assertThat(count(ENTRIES, old)).isEqualTo(3);
    assertThat(owner.state(younger)).isEqualTo("LOCKED");
    assertThat(count(PLACES, younger)).isEqualTo(3);
    assertThat(owner.state(open)).isEqualTo("OPENING");
  }
}
