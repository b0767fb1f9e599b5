// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.device;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.auth.AuthServers;
import dev.cofferdam.auth.Caller;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(AuthServers.class)
class DeviceIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String FIREFOX =
      "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
  private static final String SAFARI =
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Safari/604.1";

  @Inject DataSource database;

  Servers servers;
  Caller gateway;
  Caller stack;
  Browser laptop;

  /** A browser that is signed in, as the gateway knows it. */
  private record Browser(String secret, String id, String bearer) {
    Response ask(String method, String path) {
      return given()
          .header("Authorization", "Bearer " + bearer)
          .contentType("application/json")
          .body("{}")
          .request(method, path);
    }
  }

  @BeforeEach
  void signIn() throws SQLException {
    change("delete from sign_in_record");
    change("delete from notice");
    change(
        "update browser_session set ended_at = now(), ended_reason = 'test' where ended_at is null");
    gateway = Caller.of(servers, "gateway");
    stack = Caller.of(servers, "stack");
    laptop = browser(FIREFOX, "192.0.2.1");
  }

  @AfterEach
  void removeOthers() throws SQLException {
    change(
        "delete from sign_in_record where account_id in (select id from account where name = 'dora')");
    change("delete from notice where account_id in (select id from account where name = 'dora')");
    change(
        "delete from browser_session where account_id in (select id from account where name = 'dora')");
    change("delete from account where name = 'dora'");
  }

  private Browser browser(String userAgent, String address) {
    Response in =
        gateway.post(
            "/internal/sign-ins",
            Map.of("linkToken", stack.newLink(), "userAgent", userAgent, "address", address));
    return known(in.path("browserSession.secret"), in.path("browserSession.id"));
  }

  private Browser known(String secret, String id) {
    return new Browser(secret, id, gateway.token(secret, "auth-service").path("accessToken"));
  }

  private boolean isIn(Browser browser) {
    return gateway.token(browser.secret(), "auth-service").statusCode() == 200;
  }

  @Test
  void showsEachDeviceWithPlaceBrowserAndTimes() {
    browser(SAFARI, "2001:db8::7");
    Response devices = laptop.ask("GET", "/devices");
    assertThat(devices.statusCode()).isEqualTo(200);
    assertThat(devices.<List<String>>path("browser"))
        .containsExactlyInAnyOrder("Firefox on Linux", "Safari on iPhone");
    assertThat(devices.<List<String>>path("address"))
        .containsExactlyInAnyOrder("192.0.2.1", "2001:db8::7");
    assertThat(devices.<List<String>>path("findAll { it.current }.id"))
        .containsExactly(laptop.id());
    assertThat(devices.<String>path("[0].method")).isEqualTo("link");
    assertThat(devices.<String>path("[0].createdAt")).isNotNull();
    assertThat(devices.<String>path("[0].lastSeenAt")).isNotNull();
  }

  @Test
  void writesLastSeenAtMostOnceAMinute() throws SQLException {
    String seen = laptop.ask("GET", "/devices").path("[0].lastSeenAt");
    assertThat(isIn(laptop)).isTrue();
    assertThat(laptop.ask("GET", "/devices").<String>path("[0].lastSeenAt")).isEqualTo(seen);
    change("update browser_session set last_seen_at = now() - interval '61 seconds'");
    assertThat(isIn(laptop)).isTrue();
    assertThat(laptop.ask("GET", "/devices").<String>path("[0].lastSeenAt")).isNotEqualTo(seen);
  }

  @Test
  void endsOneAndSaysSo() {
    Browser phone = browser(SAFARI, "192.0.2.9");
    try (TopicReader security = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      Response ended = laptop.ask("DELETE", "/devices/" + phone.id());
      assertThat(ended.<List<String>>path("ended")).containsExactly(phone.id());
      assertThat(isIn(phone)).isFalse();
      assertThat(isIn(laptop)).isTrue();
      assertThat(
              security.await(1, SOON, e -> e.contains(phone.id()) && e.contains("ended-elsewhere")))
          .isNotEmpty();
    }
    refused(laptop.ask("DELETE", "/devices/" + phone.id()), 404);
  }

  @Test
  void endsAllOthers() {
    Browser phone = browser(SAFARI, "192.0.2.9");
    Browser office = browser(FIREFOX, "198.51.100.1");
    assertThat(laptop.ask("DELETE", "/devices").<List<String>>path("ended"))
        .containsExactlyInAnyOrder(phone.id(), office.id());
    assertThat(List.of(isIn(phone), isIn(office), isIn(laptop)))
        .containsExactly(false, false, true);
  }

  @Test
  void answersForOthersDevicesAsForUnknownOnes() throws SQLException {
    Browser dora = dora("member");
    refused(dora.ask("DELETE", "/devices/" + laptop.id()), 404);
    refused(dora.ask("DELETE", "/devices/" + UUID.randomUUID()), 404);
    refused(dora.ask("DELETE", "/devices/7"), 404);
    assertThat(isIn(laptop)).isTrue();
  }

  @Test
  void ownersSeeAndEndWherePeopleAreSignedIn() throws SQLException {
    Browser dora = dora("member");
    String path = "/people/" + account("dora") + "/devices";
    assertThat(laptop.ask("GET", path).<List<String>>path("id")).containsExactly(dora.id());
    refused(dora.ask("GET", "/people/" + account("owner") + "/devices"), 403);
    assertThat(laptop.ask("DELETE", path).<List<String>>path("ended")).containsExactly(dora.id());
    assertThat(isIn(dora)).isFalse();
  }

  @Test
  void tellsTheGatewayWhichAreOver() {
    Browser phone = browser(SAFARI, "192.0.2.9");
    gateway.post("/internal/sign-outs", Map.of("secret", phone.secret()));
    String unknown = UUID.randomUUID().toString();
    Response over =
        gateway.post(
            "/internal/over", Map.of("signIns", List.of(laptop.id(), phone.id(), unknown)));
    assertThat(over.<List<String>>path("ended")).containsExactlyInAnyOrder(phone.id(), unknown);
    assertThat(over.<Map<String, String>>path("reasons"))
        .containsExactly(Map.entry(phone.id(), "signed-out"));
  }

  @Test
  void keepsAHistoryWithFailuresAndEnds() {
    Browser phone = browser(SAFARI, "192.0.2.9");
    laptop.ask("DELETE", "/devices/" + phone.id());
    List<String> what = laptop.ask("GET", "/sign-ins").path("what");
    assertThat(what).containsExactly("ended", "signed-in", "signed-in");
    Response lines = laptop.ask("GET", "/sign-ins");
    assertThat(lines.<String>path("[0].reason")).isEqualTo("ended-elsewhere");
    assertThat(lines.<String>path("[0].browser")).isEqualTo("Safari on iPhone");
    int last = lines.path("[1].number");
    assertThat(laptop.ask("GET", "/sign-ins?before=" + last).<List<?>>path("$")).hasSize(1);
    refused(laptop.ask("GET", "/sign-ins?before=x"), 400);
  }

  @Test
  void keepsNoMoreOfAHistoryThanItsBound() throws SQLException {
    change(
        "insert into sign_in_record (account_id, event_id, at, what, method, credential, address,"
            + " user_agent, reason) select id, gen_random_uuid(), now(), 'signed-in', '', '', '',"
            + " '', '' from account, generate_series(1, 600) where name = 'owner'");
    change("update sign_in_record set at = now() - interval '91 days' where id % 2 = 0");
    browser(FIREFOX, "192.0.2.1");
    assertThat(laptop.ask("GET", "/sign-ins").<List<?>>path("$")).hasSize(50);
    assertThat(count("sign_in_record")).isBetween(299, 302);
    change(
        "insert into sign_in_record (account_id, event_id, at, what, method, credential, address,"
            + " user_agent, reason) select id, gen_random_uuid(), now(), 'signed-in', '', '', '',"
            + " '', '' from account, generate_series(1, 600) where name = 'owner'");
    browser(FIREFOX, "192.0.2.1");
    assertThat(count("sign_in_record")).isEqualTo(500);
  }

  @Test
  void noticesANewDeviceUntilItIsDismissed() {
    assertThat(laptop.ask("GET", "/notices").<List<?>>path("$")).isEmpty();
    browser(FIREFOX, "192.0.2.1");
    assertThat(laptop.ask("GET", "/notices").<List<?>>path("$")).isEmpty();
    browser(SAFARI, "192.0.2.1");
    Response notices = laptop.ask("GET", "/notices");
    assertThat(notices.<List<String>>path("kind")).containsExactly("new-device");
    assertThat(notices.<String>path("[0].browser")).isEqualTo("Safari on iPhone");
    String id = notices.path("[0].id");
    assertThat(laptop.ask("DELETE", "/notices/" + id).statusCode()).isEqualTo(204);
    assertThat(laptop.ask("GET", "/notices").<List<?>>path("$")).isEmpty();
    refused(laptop.ask("DELETE", "/notices/" + id), 404);
  }

  private Browser dora(String role) throws SQLException {
    change(
        "insert into account (id, name, created_at, role, kind) values (gen_random_uuid(), 'dora',"
            + " now(), '"
            + role
            + "', 'person')");
    Browser hers = browser(SAFARI, "203.0.113.5");
    change(
        "update browser_session set account_id = (select id from account where name = 'dora')"
            + " where id = '"
            + hers.id()
            + "'");
    return known(hers.secret(), hers.id());
  }

  private String account(String name) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        var row = statement.executeQuery("select id from account where name = '" + name + "'")) {
      row.next();
      return row.getString(1);
    }
  }

  private int count(String table) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        var row = statement.executeQuery("select count(*) from " + table)) {
      row.next();
      return row.getInt(1);
    }
  }

  private static void refused(Response answer, int status) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
  }

  private void change(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
