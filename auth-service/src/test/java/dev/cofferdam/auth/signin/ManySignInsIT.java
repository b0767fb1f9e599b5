// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.auth.AuthServers;
import dev.cofferdam.auth.Caller;
import dev.cofferdam.auth.Somebody;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.SshHome;
import dev.cofferdam.testkit.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An account that has signed in very often can be switched off as quickly as any. */
@QuarkusTest
@QuarkusTestResource(AuthServers.class)
class ManySignInsIT {
  private static final int EXPIRED = 20_000;
  private static final Duration SOON = Duration.ofSeconds(40);

  @Inject DataSource database;

  Servers servers;
  final SshHome home = new SshHome();
  Somebody owner;
  Somebody person;
  String name;

  @BeforeEach
  void meet() {
    owner = Somebody.owner(servers);
    name = "many-" + UUID.randomUUID().toString().substring(0, 8);
    Response added =
        owner.post(
            "/people",
            Map.of(
                "name", name, "role", "member", "publicKey", home.publicKey(), "keyName", "lap"));
    assertThat(added.statusCode()).isEqualTo(201);
    person = Somebody.bySshKey(servers, home, Map.of("name", name));
  }

  @AfterEach
  void leave() {
    home.close();
  }

  private void signedIn(int many, String life) throws SQLException {
    String insert =
        "insert into browser_session (id, secret_hash, account_id, created_at, expires_at,"
            + " user_agent, address, method, credential, last_seen_at)"
            + " select gen_random_uuid(), decode(md5(random()::text) || md5(n::text), 'hex'),"
            + " ?, now() - interval '13 hours', now() + cast(? as interval), '', '127.0.0.1',"
            + " 'link', '', now() - interval '1 hour' from generate_series(1, ?) n";
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(insert)) {
      statement.setObject(1, UUID.fromString(person.id()));
      statement.setString(2, life);
      statement.setInt(3, many);
      statement.executeUpdate();
    }
  }

  private int count(String condition) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select count(*) from browser_session where account_id = ? and " + condition)) {
      select.setObject(1, UUID.fromString(person.id()));
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private boolean isIn(Somebody who) {
    return Caller.of(servers, "gateway").token(who.secret(), "session-service").statusCode() == 200;
  }

  @Test
  void thoseThatHoldEndAndWhatExpiredIsNotToldOfAgain() throws SQLException {
    signedIn(EXPIRED, "-1 hour");
    signedIn(SignInEnds.MOST_OF_ONE_ACCOUNT, "1 hour");

    Response off = owner.patch("/people/" + person.id(), Map.of("disabled", true));

    assertThat(off.statusCode()).as(off.asString()).isLessThan(300);
    assertThat(isIn(person)).isFalse();
    assertThat(count("ended_reason = 'account-disabled'"))
        .isEqualTo(SignInEnds.MOST_OF_ONE_ACCOUNT + 1);
    assertThat(count("ended_at is null")).isEqualTo(EXPIRED);
  }

  @Test
  void theOneNotSeenForLongestMakesRoomForANewOne() throws SQLException {
    signedIn(SignInEnds.MOST_OF_ONE_ACCOUNT - 1, "1 hour");

    Somebody again = Somebody.bySshKey(servers, home, Map.of("name", name));

    assertThat(isIn(again)).isTrue();
    assertThat(isIn(person)).as("seen a moment ago").isTrue();
    assertThat(count("ended_reason = '" + SignInEnds.TOO_MANY + "'")).isEqualTo(1);
    try (TopicReader security = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      assertThat(
              security.await(
                  1,
                  SOON,
                  event -> event.contains(SignInEnds.TOO_MANY) && event.contains(person.id())))
          .hasSize(1);
    }
  }
}
