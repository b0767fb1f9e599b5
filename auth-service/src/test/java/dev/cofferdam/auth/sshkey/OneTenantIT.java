// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.sshkey;

import static dev.cofferdam.auth.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.auth.AuthServers;
import dev.cofferdam.auth.Caller;
import dev.cofferdam.auth.Somebody;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.SshHome;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A start with the name of the one person, and certificates of an authority. */
@QuarkusTest
@TestProfile(OneTenant.class)
@QuarkusTestResource(AuthServers.class)
class OneTenantIT {
  @Inject DataSource database;

  Servers servers;
  Somebody ada;
  final SshHome home = new SshHome();

  @BeforeEach
  void signIn() {
    ada = Somebody.owner(servers);
  }

  @AfterEach
  void leaveHome() {
    home.close();
  }

  @Test
  void theOwnerHasTheNameThatWasGiven() {
    assertThat(ada.get("/me").<String>path("name")).isEqualTo(OneTenant.NAME);
    assertThat(ada.get("/people").<List<String>>path("name")).contains(OneTenant.NAME);
  }

  @Test
  void nobodyElseIsAddedOrInvited() {
    refused(ada.post("/people", Map.of("name", "bob", "role", "member")), 409, "one-person-only");
    refused(ada.post("/invitations", Map.of("role", "member")), 409, "one-person-only");
    refused(ada.post("/service-accounts", Map.of("name", "robot")), 409, "one-person-only");
  }

  /** Who was there before the setting was made. */
  @Test
  void nobodyElseSignsIn() throws SQLException {
    ada.post("/ssh-keys", Map.of("publicKey", home.publicKey())).then().statusCode(201);
    assertThat(Somebody.signIn(servers, home, Map.of()).statusCode()).isEqualTo(201);
    change(
        "insert into account (id, name, role, kind, created_at)"
            + " values (gen_random_uuid(), 'mallory', 'owner', 'person', now())");
    change(
        "update ssh_key set account_id = (select id from account where name = 'mallory')"
            + " where fingerprint = '"
            + home.fingerprint()
            + "'");
    refused(Somebody.signIn(servers, home, Map.of()), 403, "account-disabled");
  }

  @Test
  void nobodyElsesProgramIsLetIn() throws SQLException {
    Response made =
        ada.post(
            "/api-keys",
            Map.of(
                "name",
                "nightly",
                "expiresAt",
                Instant.now().plus(Duration.ofDays(1)).toString(),
                "scopes",
                List.of(Map.of("verb", "workspace.list"))));
    Map<String, String> shown = Map.of("apiKey", made.path("key"), "audience", "workspace-service");
    Caller gateway = Caller.of(servers, "gateway");
    assertThat(gateway.post("/internal/tokens", shown).statusCode()).isEqualTo(200);
    change(
        "insert into account (id, name, role, kind, created_at)"
            + " values (gen_random_uuid(), 'trudy', 'owner', 'person', now())");
    change(
        "update api_key set account_id = (select id from account where name = 'trudy')"
            + " where id = '"
            + made.path("apiKey.id")
            + "'");
    refused(gateway.post("/internal/tokens", shown), 401, "signed-out");
  }

  private Response signInWithCertificate(Map<String, String> who) {
    Response challenge = Somebody.challenge(servers, who);
    String command = challenge.path("command");
    return Somebody.answer(
        servers,
        challenge.path("id"),
        home.shell(command.replace("id_ed25519", "id_ed25519-cert.pub")));
  }

  private void certify(SshHome authority, String... options) throws Exception {
    Files.copy(home.file(".ssh/id_ed25519.pub"), authority.file("k.pub"));
    String[] all = new String[options.length + 5];
    all[0] = "-s";
    all[1] = authority.file(".ssh/id_ed25519").toString();
    all[2] = "-I";
    all[3] = "in a test";
    System.arraycopy(options, 0, all, 4, options.length);
    all[all.length - 1] = authority.file("k.pub").toString();
    authority.keygen(all);
    Files.move(authority.file("k-cert.pub"), home.file(".ssh/id_ed25519-cert.pub"));
    Files.delete(authority.file("k.pub"));
  }

  @Test
  void admitsACertificateOfTheAuthorityNoLongerThanItIsGood() throws Exception {
    certify(OneTenant.AUTHORITY, "-n", "bob,ada", "-V", "-1m:+10m");
    Response in = signInWithCertificate(Map.of("name", "ada"));
    assertThat(in.statusCode()).as(in.asString()).isEqualTo(201);
    try (Connection connection = database.getConnection();
        ResultSet row =
            connection
                .createStatement()
                .executeQuery(
                    "select extract(epoch from expires_at - created_at) from browser_session"
                        + " where id = '"
                        + in.path("browserSession.id")
                        + "'")) {
      row.next();
      assertThat(row.getLong(1)).isBetween(60L, 600L);
    }
    refused(signInWithCertificate(Map.of()), 401, "key-not-registered");
  }

  @Test
  void refusesCertificatesOfOthersAndForOthers() throws Exception {
    try (SshHome stranger = new SshHome()) {
      certify(stranger, "-n", "ada");
      refused(signInWithCertificate(Map.of("name", "ada")), 401, "key-not-registered");
    }
    Files.delete(home.file(".ssh/id_ed25519-cert.pub"));
    certify(OneTenant.AUTHORITY, "-n", "bob");
    refused(signInWithCertificate(Map.of("name", "ada")), 401, "key-not-registered");
  }

  private void change(String sql) throws SQLException {
    try (Connection connection = database.getConnection()) {
      assertThat(connection.createStatement().executeUpdate(sql)).isEqualTo(1);
    }
  }
}
