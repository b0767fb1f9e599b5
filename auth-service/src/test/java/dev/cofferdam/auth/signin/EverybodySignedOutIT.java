// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.signin;

import static dev.cofferdam.auth.Answers.badField;
import static dev.cofferdam.auth.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.auth.AuthServers;
import dev.cofferdam.auth.Caller;
import dev.cofferdam.auth.Somebody;
import dev.cofferdam.testkit.Servers;
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
import org.junit.jupiter.api.Test;

/** The emergency stop's part here: every sign-in of everybody ends, however many there are. */
@QuarkusTest
@QuarkusTestResource(AuthServers.class)
class EverybodySignedOutIT {
  /** More than end in one transaction, and not a multiple of it. */
  private static final int MANY = 450;

  private static final Duration SOON = Duration.ofSeconds(40);

  @Inject DataSource database;

  Servers servers;

  private void execute(String sql, String marker) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, marker);
      statement.executeUpdate();
    }
  }

  private int count(String condition, String marker) throws SQLException {
    String sql = "select count(*) from browser_session where user_agent = ? and " + condition;
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, marker);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  @Test
  void allEndEachIsToldOfAndWhoMaySignInMayDoSoAgain() throws SQLException {
    Caller gateway = Caller.of(servers, "gateway");
    Caller stack = Caller.of(servers, "stack");
    String marker = UUID.randomUUID().toString();
    String secret = gateway.signIn(stack.newLink()).path("browserSession.secret");
    String many =
        "insert into browser_session (id, secret_hash, account_id, created_at, expires_at,"
            + " user_agent, address, method, credential, last_seen_at)"
            + " select gen_random_uuid(), decode(md5(random()::text) || md5(n::text), 'hex'),"
            + " (select account_id from browser_session limit 1), now() - interval '1 hour',"
            + " now() + %s, ?, '127.0.0.1', 'link', '', now() from generate_series(1, %d) n";
    execute(many.formatted("interval '1 hour'", MANY), marker);
    execute(many.formatted("interval '-1 minute'", 3), marker);

    Response answer = stack.post("/internal/emergency-stop", Map.of("stopped", true));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.<Integer>path("ended")).isGreaterThan(MANY);
    assertThat(count("ended_reason = 'emergency-stop'", marker)).isEqualTo(MANY);
    assertThat(count("ended_at is null", marker)).as("those that were over").isEqualTo(3);
    assertThat(gateway.token(secret, "session-service").statusCode()).isEqualTo(401);
    assertThat(gateway.signIn(stack.newLink()).statusCode()).isEqualTo(201);
    try (TopicReader security = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      assertThat(
              security.await(
                  MANY + 1, SOON, event -> event.contains("\"reason\":\"emergency-stop\"")))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void anOwnerSealsVaultAsWellWhichTakesItsKeyToUndo() {
    Somebody owner = Somebody.owner(servers);
    badField(owner.post("/emergency-stop", Map.of("stopped", false, "sealing", true)), "sealing");
    assertThat(owner.post("/emergency-stop", Map.of("stopped", true)).statusCode()).isEqualTo(200);
    assertThat(servers.vault().isSealed()).as("without that it was asked for").isFalse();

    Somebody another = Somebody.owner(servers);
    try {
      Response sealed = another.post("/emergency-stop", Map.of("stopped", true, "sealing", true));
      assertThat(sealed.statusCode()).as(sealed.asString()).isEqualTo(200);
      assertThat(servers.vault().isSealed()).isTrue();
    } finally {
      servers.vault().unseal();
    }
    assertThat(
            Caller.of(servers, "gateway").token(another.secret(), "session-service").statusCode())
        .isEqualTo(401);
  }

  @Test
  void thatVaultWasNotSealedIsAnsweredAndToldOf() {
    Somebody owner = Somebody.owner(servers);
    servers.vault().kill();
    try {
      Response answer = owner.post("/emergency-stop", Map.of("stopped", true, "sealing", true));
      refused(answer, 409, "vault-not-sealed");
    } finally {
      servers.vault().restart();
      servers.vault().unseal();
    }
    try (TopicReader security = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      assertThat(security.await(1, SOON, event -> event.contains("\"what\":\"vault-seal\"")))
          .allMatch(event -> event.contains("\"askedBy\":\"" + owner.id() + "\""));
    }
  }
}
