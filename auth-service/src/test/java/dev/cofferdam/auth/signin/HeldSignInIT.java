// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.signin;

import static dev.cofferdam.auth.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.auth.AuthServers;
import dev.cofferdam.auth.Meanwhile;
import dev.cofferdam.auth.NightlyKey;
import dev.cofferdam.auth.Somebody;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.SshHome;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Somebody's sign-in ends between the moment that they are let in and the one that what they asked
 * for is stored: it is not made, as nobody would revoke it any more.
 */
@QuarkusTest
@QuarkusTestResource(AuthServers.class)
class HeldSignInIT {
  @Inject DataSource database;

  Servers servers;
  Somebody owner;
  final SshHome home = new SshHome();

  @BeforeEach
  void signIn() {
    owner = Somebody.fresh(servers, "owner", home);
  }

  @AfterEach
  void leaveHome() {
    home.close();
  }

  private void isRefusedWhileItEnds(String route, Map<String, ?> body, String madeBy)
      throws Exception {
    String end =
        "update browser_session set ended_at = now(), ended_reason = 'signed-out'"
            + " where account_id = '"
            + owner.id()
            + "'";
    refused(new Meanwhile(database).of(end, () -> owner.post(route, body)), 401, "signed-out");
    assertThat(madeBy(madeBy)).isZero();
  }

  private int madeBy(String madeBy) throws SQLException {
    try (Connection connection = database.getConnection();
        ResultSet row =
            connection
                .createStatement()
                .executeQuery("select count(*) from " + madeBy + " = '" + owner.id() + "'")) {
      row.next();
      return row.getInt(1);
    }
  }

  @Test
  void noKeyIsMade() throws Exception {
    isRefusedWhileItEnds("/api-keys", NightlyKey.wanted(), "api_key where created_by");
  }

  @Test
  void noKeyOfAServiceAccountIsMade() throws Exception {
    String account =
        owner.post("/service-accounts", Map.of("name", "robot " + UUID.randomUUID())).path("id");
    isRefusedWhileItEnds(
        "/service-accounts/" + account + "/api-keys",
        NightlyKey.wanted(),
        "api_key where created_by");
  }

  @Test
  void noInvitationIsSent() throws Exception {
    isRefusedWhileItEnds("/invitations", Map.of("role", "member"), "invitation where created_by");
  }

  @Test
  void noSshKeyIsAdded() throws Exception {
    try (SshHome second = new SshHome()) {
      Response challenge = owner.keyChallenge();
      String signature = second.shell(challenge.path("command"));
      isRefusedWhileItEnds(
          "/ssh-keys",
          Map.of("challengeId", challenge.path("id"), "signature", signature),
          "ssh_key where added_by");
    }
  }

  @Test
  void noSshKeyOfSomebodyElseIsAdded() throws Exception {
    try (SshHome second = new SshHome()) {
      Map<String, String> person = Map.of("name", "p" + UUID.randomUUID(), "role", "member");
      String id = owner.post("/people", person).path("id");
      isRefusedWhileItEnds(
          "/people/" + id + "/ssh-keys",
          Map.of("publicKey", second.publicKey()),
          "ssh_key where added_by");
    }
  }
}
