// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.sshkey;

import static dev.cofferdam.auth.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.auth.AuthServers;
import dev.cofferdam.auth.Caller;
import dev.cofferdam.auth.Somebody;
import dev.cofferdam.auth.share.Asker;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.SshHome;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rule B1: whoever fails at an account waits there, whichever replica they ask. */
@QuarkusTest
@QuarkusTestResource(AuthServers.class)
class FailuresIT {
  private static final int FREE = 5;
  private static final Asker HOME = Asker.at("192.0.2.7");
  private static final Asker ELSEWHERE = Asker.at("203.0.113.9");

  @Inject DataSource database;

  Servers servers;

  private final String ada = "ada" + System.nanoTime();
  private Instant now = Instant.now();

  @AfterEach
  void forget() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement delete = connection.createStatement()) {
      delete.executeUpdate("delete from sign_in_failure");
    }
  }

  /** One of several that have nothing in common but the database. */
  private Failures replica() {
    return new Failures(database, () -> now, FREE);
  }

  private int wait(String account, Asker asker) {
    try {
      replica().requireTry(account, asker);
      return 0;
    } catch (ProblemException e) {
      assertThat(e.problem().status()).isEqualTo(429);
      return e.problem().retryAfterSeconds().orElseThrow();
    }
  }

  private void fail(int times, String account, Asker asker) {
    for (int i = 0; i < times; i++) {
      replica().failed(account, asker);
    }
  }

  @Test
  void delaysGrowToAMinuteWhicheverReplicaIsAsked() {
    fail(FREE, ada, ELSEWHERE);
    List<Integer> delays = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      assertThat(wait(ada, ELSEWHERE)).isZero();
      fail(1, ada, ELSEWHERE);
      delays.add(wait(ada, ELSEWHERE));
      now = now.plusSeconds(delays.getLast());
    }
    assertThat(delays).containsExactly(1, 2, 4, 8, 16, 32, 60, 60, 60);
  }

  @Test
  void nobodyElseWaits() {
    fail(2 * FREE, ada, ELSEWHERE);
    assertThat(wait(ada.toUpperCase(), ELSEWHERE)).isPositive();
    assertThat(wait(ada, HOME)).as("the person themselves").isZero();
    assertThat(wait("bob" + ada, ELSEWHERE)).isZero();
    assertThat(wait("", ELSEWHERE)).as("who does not say as whom").isZero();
  }

  @Test
  void signingInForgivesWhatTheSameNetworkFailedAtTheSameAccount() {
    fail(2 * FREE, ada, HOME);
    fail(2 * FREE, ada, ELSEWHERE);
    replica().succeeded("bob", HOME);
    assertThat(wait(ada, HOME)).isPositive();
    replica().succeeded(ada, HOME);
    assertThat(wait(ada, HOME)).isZero();
    assertThat(wait(ada, ELSEWHERE)).isPositive();
  }

  @Test
  void isForgottenAnHourAfterTheLast() {
    fail(2 * FREE, ada, HOME);
    now = now.plus(Failures.REMEMBERED);
    fail(1, "bob" + ada, HOME);
    assertThat(rows()).isEqualTo(1);
    fail(1, ada, HOME);
    assertThat(wait(ada, HOME)).as("it begins anew").isZero();
  }

  private int rows() {
    try (Connection connection = database.getConnection();
        Statement count = connection.createStatement();
        var row = count.executeQuery("select count(*) from sign_in_failure")) {
      row.next();
      return row.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aNetworkThatHasItsShareForgetsItsOwn() throws SQLException {
    fail(FREE + 1, ada, HOME);
    fill(Failures.MOST_OF_SITE, "'" + ELSEWHERE.network() + "'");
    now = now.plusSeconds(60);
    fail(1, ada, HOME);
    fail(FREE + 1, ada, ELSEWHERE);
    assertThat(wait(ada, ELSEWHERE)).isPositive();
    assertThat(wait(ada, HOME)).isPositive();
    assertThat(rows()).isEqualTo(Failures.MOST_OF_SITE + 1);
  }

  @Test
  void whoHasMostMakesRoomWhenThereAreTooMany() throws SQLException {
    fill(Failures.MOST, "'2001:db8:' || (i / 900)");
    fail(FREE + 1, ada, HOME);
    assertThat(wait(ada, HOME)).isPositive();
    assertThat(rows()).isLessThanOrEqualTo(Failures.MOST);
  }

  private void fill(int rows, String asker) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement insert = connection.createStatement()) {
      insert.executeUpdate(
          """
          insert into sign_in_failure
          select 'somebody' || i, %1$s, %1$s, 1, now(), now() + interval '1 hour'
          from generate_series(1, %2$d) i
          """
              .formatted(asker, rows));
    }
  }

  @Test
  void whatIsRefusedOfSshSignInsCountsKnownOrNot() {
    try (SshHome stranger = new SshHome()) {
      Somebody.owner(servers)
          .post(
              "/people", Map.of("name", ada, "role", "member", "publicKey", stranger.publicKey()));
      try (SshHome other = new SshHome()) {
        for (String name : List.of(ada, "no" + ada)) {
          refused(Somebody.signIn(servers, other, Map.of("name", name)), 401, "key-not-registered");
          assertThat(failuresOf(name)).isEqualTo(1);
        }
        assertThat(Somebody.signIn(servers, stranger, Map.of("name", ada)).statusCode())
            .isEqualTo(201);
        assertThat(failuresOf(ada)).isZero();
      }
    }
  }

  @Test
  void whoHasToWaitGetsNoChallengeAndIsToldForHowLong() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement insert = connection.createStatement()) {
      insert.executeUpdate(
          """
          insert into sign_in_failure
          values ('%1$s', '%2$s', '%2$s', 1000007, now(), now() + interval '1 hour')
          """
              .formatted(ada, HOME.network()));
    }
    Response asked = challenge(HOME.network());
    refused(asked, 429, "too-many-tries");
    assertThat(Integer.parseInt(asked.header("Retry-After"))).isBetween(30, 60);
    assertThat(challenge(ELSEWHERE.network()).statusCode()).isEqualTo(201);
  }

  private Response challenge(String address) {
    return Caller.of(servers, "gateway")
        .post(
            "/internal/ssh-key/challenges",
            Map.of("origin", Somebody.ORIGIN, "name", ada, "address", address));
  }

  private int failuresOf(String name) {
    try (Connection connection = database.getConnection();
        Statement count = connection.createStatement();
        var row =
            count.executeQuery(
                "select coalesce(sum(failures), 0) from sign_in_failure where account = '"
                    + name
                    + "'")) {
      row.next();
      return row.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
