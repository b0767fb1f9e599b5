// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.signin;

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
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(AuthServers.class)
class SignInIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  @Inject DataSource database;

  Servers servers;
  Caller gateway;
  Caller stack;

  @BeforeEach
  void meetTheCallers() {
    gateway = Caller.of(servers, "gateway");
    stack = Caller.of(servers, "stack");
  }

  @Test
  void aLinkSignsInOnce() {
    String link = stack.newLink();
    Response first = gateway.signIn(link);
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(first.<String>path("browserSession.secret")).matches("[A-Za-z0-9_-]{43}");
    assertThat(first.<String>path("user.name")).isEqualTo("owner");
    refused(gateway.signIn(link), 410, "link-spent");
  }

  @Test
  void twoLinksGiveTwoBrowserSessionsOfOneUser() {
    Response one = gateway.signIn(stack.newLink());
    Response two = gateway.signIn(stack.newLink());
    assertThat(one.<String>path("user.id")).isEqualTo(two.path("user.id"));
    assertThat(one.<String>path("browserSession.id")).isNotEqualTo(two.path("browserSession.id"));
    assertThat(one.<String>path("browserSession.secret"))
        .isNotEqualTo(two.path("browserSession.secret"));
  }

  @Test
  void anUnknownLinkIsGone() {
    refused(gateway.signIn("A".repeat(43)), 410, "link-unknown");
  }

  @Test
  void anExpiredLinkIsGone() throws SQLException {
    String link = stack.newLink();
    change("update link set expires_at = now() where token_hash = ?", link);
    refused(gateway.signIn(link), 410, "link-expired");
  }

  @Test
  void aLinkLivesAQuarterOfAnHourAndABrowserSessionHalfADay() throws SQLException {
    String link = stack.newLink();
    String secret = gateway.signIn(link).path("browserSession.secret");
    assertThat(
            number(
                "select extract(epoch from expires_at - created_at) from link"
                    + " where token_hash = '\\x"
                    + hex(Hashes.of(link))
                    + "'"))
        .isEqualTo(900);
    assertThat(
            number(
                "select extract(epoch from expires_at - created_at) from browser_session"
                    + " where secret_hash = '\\x"
                    + hex(Hashes.of(secret))
                    + "'"))
        .isEqualTo(12 * 3600);
  }

  @Test
  void ofManyWhoRaceWithOneLinkOneWins() throws Exception {
    String link = stack.newLink();
    List<Callable<Integer>> racers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      racers.add(() -> gateway.signIn(link).statusCode());
    }
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService all = Executors.newFixedThreadPool(8)) {
      for (Future<Integer> result : all.invokeAll(racers)) {
        statuses.add(result.get());
      }
    }
    assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
    assertThat(statuses).filteredOn(status -> status == 410).hasSize(7);
  }

  @Test
  void noSecretIsStored() throws SQLException {
    String link = stack.newLink();
    String secret = gateway.signIn(link).path("browserSession.secret");
    String everything = rows("link") + rows("browser_session") + rows("outbox");
    assertThat(everything)
        .contains(hex(Hashes.of(link)), hex(Hashes.of(secret)))
        .doesNotContain(link, secret);
  }

  @Test
  void whatTheBrowserSaysOfItselfIsCutAndCleaned() throws SQLException {
    String said = "Agent\n\u0000\u0007" + "x".repeat(5000);
    String secret =
        gateway
            .post(
                "/internal/sign-ins",
                Map.of("linkToken", stack.newLink(), "userAgent", said, "address", "::1"))
            .then()
            .statusCode(201)
            .extract()
            .path("browserSession.secret");
    assertThat(
            number(
                "select length(user_agent) from browser_session where user_agent like 'Agentx%'"
                    + " and secret_hash = '\\x"
                    + hex(Hashes.of(secret))
                    + "'"))
        .isEqualTo(300);
  }

  @Test
  void aSignedOutSecretIsWorthNothing() {
    String secret = gateway.signIn(stack.newLink()).path("browserSession.secret");
    assertThat(gateway.token(secret, "session-service").statusCode()).isEqualTo(200);
    assertThat(gateway.post("/internal/sign-outs", Map.of("secret", secret)).statusCode())
        .isLessThan(300);
    refused(gateway.token(secret, "session-service"), 401, "signed-out");
    assertThat(gateway.post("/internal/sign-outs", Map.of("secret", secret)).statusCode())
        .isLessThan(300);
  }

  @Test
  void anExpiredBrowserSessionIsWorthNothing() throws SQLException {
    String secret = gateway.signIn(stack.newLink()).path("browserSession.secret");
    change("update browser_session set expires_at = now() where secret_hash = ?", secret);
    refused(gateway.token(secret, "session-service"), 401, "signed-out");
  }

  @Test
  void aRefusedLinkIsASecurityEvent() {
    gateway.signIn("B".repeat(43));
    try (TopicReader security = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      assertThat(security.await(1, SOON, event -> event.contains("link-unknown")).getFirst())
          .contains("\"type\":\"refused\"", "\"what\":\"link-refused\"")
          .doesNotContain("B".repeat(43));
    }
  }

  @Test
  void onlyTheNamedPartsAreLetIn() {
    Map<String, String> routes =
        Map.of(
            "/internal/links", "stack",
            "/internal/sign-ins", "gateway",
            "/internal/tokens", "gateway",
            "/internal/sign-outs", "gateway");
    routes.forEach(
        (route, admitted) -> {
          for (String caller : List.of("gateway", "stack", "session")) {
            if (!caller.equals(admitted)) {
              refused(Caller.of(servers, caller).post(route, Map.of()), 403, "refused");
            }
          }
          for (String wrong : List.of("", "x", servers.credential(admitted) + "x")) {
            refused(Caller.showing(wrong).post(route, Map.of()), 403, "refused");
          }
        });
  }

  @Test
  void whatIsNoRequestIsRefusedByFieldAndRule() {
    String link = stack.newLink();
    Response unknown = gateway.post("/internal/sign-ins", Map.of("linkToken", link, "admin", true));
    refused(unknown, 400, "invalid-field");
    assertThat(unknown.<String>path("errors[0].field")).isEqualTo("admin");
    for (Object wrong : List.of("", "short", "A".repeat(44), "A".repeat(42) + "=", 7)) {
      Response bad = gateway.post("/internal/sign-ins", Map.of("linkToken", wrong));
      refused(bad, 400, "invalid-field");
      assertThat(bad.<String>path("errors[0].field")).isEqualTo("linkToken");
    }
    refused(gateway.post("/internal/sign-ins", Map.of()), 400, "invalid-field");
    for (String body : List.of("", "null", "[]", "{", "\"x\"", "{\"linkToken\":{}}")) {
      Response bad = gateway.postText("/internal/sign-ins", "application/json", body);
      assertThat(bad.statusCode()).as(body).isEqualTo(400);
      assertThat(bad.contentType()).isEqualTo("application/problem+json");
    }
    refused(gateway.postText("/internal/sign-ins", "text/plain", "x"), 415, "media-type");
    assertThat(gateway.signIn(link).statusCode()).isEqualTo(201);
  }

  private static void refused(Response answer, int status, String slug) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.contentType()).isEqualTo("application/problem+json");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.<String>path("type")).isEqualTo("https://cofferdam.dev/problems/" + slug);
    assertThat(answer.<Integer>path("status")).isEqualTo(status);
  }

  private void change(String sql, String secret) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setBytes(1, Hashes.of(secret));
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        ResultSet row = connection.createStatement().executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private String rows(String table) throws SQLException {
    StringBuilder all = new StringBuilder();
    try (Connection connection = database.getConnection();
        ResultSet rows =
            connection
                .createStatement()
                .executeQuery("select row_to_json(t)::text from " + table + " t")) {
      while (rows.next()) {
        all.append(rows.getString(1));
      }
    }
    return all.toString();
  }

  private static String hex(byte[] bytes) {
    return java.util.HexFormat.of().formatHex(bytes);
  }
}
