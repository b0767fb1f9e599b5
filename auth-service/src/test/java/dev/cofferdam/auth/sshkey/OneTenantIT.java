// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.sshkey;

import static dev.cofferdam.auth.Answers.refused;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.auth.AuthServers;
import dev.cofferdam.auth.Caller;
import dev.cofferdam.auth.NightlyKey;
import dev.cofferdam.auth.Somebody;
import dev.cofferdam.auth.signin.Account;
import dev.cofferdam.auth.token.AccessTokens;
import dev.cofferdam.identity.Quota;
import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.SshHome;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
  @Inject AccessTokens tokens;

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
    ada.addKey(home).then().statusCode(201);
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
    Response made = ada.post("/api-keys", NightlyKey.wanted());
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

  /** Who was signed in before the setting was made: other parts ask whether that still holds. */
  @Test
  void nobodyElsesSignInHolds() throws SQLException {
    String others = signInOf("eve");
    Response made = ada.post("/api-keys", NightlyKey.wanted());
    String program = made.path("apiKey.id");
    change(
        "update api_key set account_id = (select id from account where name = 'eve')"
            + " where id = '"
            + program
            + "'");
    String own = signInOf(OneTenant.NAME);
    Response over =
        Caller.of(servers, "session")
            .post("/internal/over", Map.of("signIns", List.of(others, program, own)));
    assertThat(over.<List<String>>path("ended")).containsExactlyInAnyOrder(others, program);
    assertThat(over.<String>path("reasons.'" + others + "'")).isEqualTo("account-disabled");
    assertThat(over.<String>path("reasons.'" + program + "'")).isEqualTo("account-disabled");
  }

  /** A token is good for five minutes by itself, also over a start with the setting. */
  @Test
  void nobodyElsesTokenHolds() throws SQLException {
    assertThat(statusOfMe("peggy")).isEqualTo(401);
    assertThat(statusOfMe(OneTenant.NAME)).isEqualTo(200);
  }

  private int statusOfMe(String name) throws SQLException {
    UUID signIn = UUID.fromString(signInOf(name));
    UserId user =
        QuarkusTransaction.requiringNew().call(() -> Account.named(name).orElseThrow().user());
    String token =
        tokens
            .issue(
                new AccessTokens.Bearer(user, Role.OWNER, signIn, "link", "", Optional.empty()),
                new Quota(10, 10, 1L << 30),
                "auth-service")
            .token();
    return given().header("Authorization", "Bearer " + token).get("/me").statusCode();
  }

  /** One that is open, of somebody who is added if they are not there. */
  private String signInOf(String name) throws SQLException {
    String id = UUID.randomUUID().toString();
    try (Connection connection = database.getConnection()) {
      connection
          .createStatement()
          .executeUpdate(
              "insert into account (id, name, role, kind, created_at)"
                  + " values (gen_random_uuid(), '"
                  + name
                  + "', 'owner', 'person', now()) on conflict do nothing");
    }
    change(
        "insert into browser_session (id, secret_hash, account_id, created_at, expires_at,"
            + " user_agent, address, method, credential, last_seen_at) select '"
            + id
            + "', decode(md5('"
            + id
            + "'), 'hex'), id, now(), now() + interval '1 hour', 'test', '127.0.0.1', 'link', '',"
            + " now() from account where name = '"
            + name
            + "'");
    return id;
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
  void listsACertificateThatSignedInAndRevokesItWithWhatItOpened() throws Exception {
    certify(OneTenant.AUTHORITY, "-n", "ada", "-z", "18446744073709551615", "-V", "-1m:+10m");
    Response in = signInWithCertificate(Map.of("name", "ada"));
    assertThat(in.statusCode()).as(in.asString()).isEqualTo(201);
    Response listed = ada.get("/ssh-keys");
    String where = "find { it.fingerprint == '" + home.fingerprint() + "' }.";
    assertThat(listed.<String>path(where + "name"))
        .isEqualTo("in a test, serial 18446744073709551615");
    assertThat(listed.<String>path(where + "type")).isEqualTo("ssh-ed25519-cert-v01@openssh.com");
    assertThat(listed.<String>path(where + "lastUsedAt")).isNotEmpty();
    // Its key was never registered.
    refused(Somebody.signIn(servers, home, Map.of()), 401, "key-not-registered");

    certifyAnew("-n", "ada", "-z", "2", "-V", "-1m:+10m");
    assertThat(signInWithCertificate(Map.of("name", "ada")).statusCode()).isEqualTo(201);
    listed = ada.get("/ssh-keys");
    assertThat(listed.<List<String>>path("fingerprint")).containsOnlyOnce(home.fingerprint());
    assertThat(listed.<String>path(where + "name")).isEqualTo("in a test, serial 2");

    ada.delete("/ssh-keys/" + listed.path(where + "id")).then().statusCode(204);
    assertThat(endOf(in.path("browserSession.id"))).isEqualTo("key-revoked");
    certifyAnew("-n", "ada", "-z", "3");
    refused(signInWithCertificate(Map.of("name", "ada")), 401, "key-not-registered");
    assertThat(ada.get("/ssh-keys").<List<String>>path("fingerprint"))
        .doesNotContain(home.fingerprint());
  }

  @Test
  void listsNoCertificateThatIsOverAndNoMoreThanFifty() throws Exception {
    certify(OneTenant.AUTHORITY, "-n", "ada", "-V", "-1m:+10m");
    assertThat(signInWithCertificate(Map.of("name", "ada")).statusCode()).isEqualTo(201);
    copies(60, "null");
    copies(3, "now() - interval '1 second'");
    certifyAnew("-n", "ada", "-V", "-1m:+10m");
    assertThat(signInWithCertificate(Map.of("name", "ada")).statusCode()).isEqualTo(201);
    List<String> types = ada.get("/ssh-keys").path("type");
    assertThat(types).filteredOn(type -> type.contains("cert")).hasSize(Certificates.MOST);
    assertThat(ada.get("/ssh-keys").<List<String>>path("fingerprint"))
        .contains(home.fingerprint())
        .noneMatch(fingerprint -> fingerprint.startsWith("over"));
  }

  /** Of the certificate that is listed, as if it had been for other keys. */
  private void copies(int count, String end) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection
          .createStatement()
          .executeUpdate(
              "insert into ssh_key (id, account_id, name, type, fingerprint, public_key,"
                  + " created_at, added_by, last_used_at, certificate, not_after)"
                  + " select gen_random_uuid(), account_id, name, type, case when "
                  + end
                  + " is null then 'copy' else 'over' end || n, public_key, created_at, added_by,"
                  + " last_used_at - n * interval '1 second', true, "
                  + end
                  + " from ssh_key, generate_series(1, "
                  + count
                  + ") n where fingerprint = '"
                  + home.fingerprint()
                  + "'");
    }
  }

  private void certifyAnew(String... options) throws Exception {
    Files.delete(home.file(".ssh/id_ed25519-cert.pub"));
    certify(OneTenant.AUTHORITY, options);
  }

  private String endOf(String browserSession) throws SQLException {
    try (Connection connection = database.getConnection();
        ResultSet row =
            connection
                .createStatement()
                .executeQuery(
                    "select ended_reason from browser_session where id = '"
                        + browserSession
                        + "'")) {
      row.next();
      return row.getString(1);
    }
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
