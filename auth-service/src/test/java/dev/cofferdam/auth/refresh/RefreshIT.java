// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.refresh;

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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Rule R1. */
@QuarkusTest
@QuarkusTestResource(AuthServers.class)
class RefreshIT {
  private static final int RACERS = 50;
  private static final Duration SOON = Duration.ofSeconds(20);

  @Inject DataSource database;

  Servers servers;
  Caller gateway;

  @BeforeEach
  void meetTheGateway() {
    gateway = Caller.of(servers, "gateway");
  }

  private String signIn() {
    return gateway.signIn(Caller.of(servers, "stack").newLink()).path("browserSession.secret");
  }

  private Response begin(String secret) {
    return gateway.post("/internal/refreshes/begin", Map.of("secret", secret));
  }

  private Response refresh(String token) {
    return gateway.post("/internal/refreshes", Map.of("refreshToken", token));
  }

  private Response exchange(String accessToken) {
    return gateway.post(
        "/internal/tokens", Map.of("accessToken", accessToken, "audience", "session-service"));
  }

  @Test
  void eachTokenIsGoodForOneNextPair() {
    Response first = begin(signIn());
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(exchange(first.path("accessToken")).statusCode()).isEqualTo(200);
    Response second = refresh(first.path("refreshToken"));
    assertThat(second.statusCode()).isEqualTo(201);
    Response third = refresh(second.path("refreshToken"));
    assertThat(third.<String>path("refreshTokenExpiresAt"))
        .as("the end does not move")
        .isEqualTo(first.path("refreshTokenExpiresAt"));
    assertThat(exchange(third.path("accessToken")).statusCode()).isEqualTo(200);
  }

  @Test
  void whatIsIssuedForATokenIsUsedNoLongerThanTheTokenItself() {
    Response pair = begin(signIn());
    Instant end = Instant.parse(pair.path("accessTokenExpiresAt"));
    dev.cofferdam.testkit.Eventually.within(SOON)
        .until(
            "a second later, by which a fresh token would end later",
            () -> Instant.now().isAfter(end.minusSeconds(298)));
    Response exchanged = exchange(pair.path("accessToken"));
    assertThat(Instant.parse(exchanged.path("expiresAt")).getEpochSecond())
        .isEqualTo(end.getEpochSecond());
  }

  @Test
  void theCookieOfAProgramsSignInIsWorthNothing() {
    String secret = signIn();
    begin(secret);
    assertThat(gateway.token(secret, "session-service").statusCode()).isEqualTo(401);
    assertThat(begin(secret).statusCode()).isEqualTo(401);
  }

  @Test
  void aSpentTokenEndsTheWholeFamilyAndSaysSo() {
    Response first = begin(signIn());
    Response second = refresh(first.path("refreshToken"));
    assertThat(refresh(first.path("refreshToken")).statusCode()).isEqualTo(401);
    assertThat(refresh(second.path("refreshToken")).statusCode()).isEqualTo(401);
    assertThat(exchange(second.path("accessToken")).statusCode()).isEqualTo(401);
    assertTold("sign-in-ended");
    assertTold("refused");
  }

  private void assertTold(String type) {
    try (TopicReader security = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      assertThat(
              security.await(
                  1,
                  SOON,
                  event ->
                      event.contains("refresh-token-reused")
                          && event.contains("\"type\":\"" + type + "\"")))
          .isNotEmpty();
    }
  }

  @RepeatedTest(20)
  void ofFiftyAtOnceExactlyOneGetsTheNext() throws Exception {
    String token = begin(signIn()).path("refreshToken");
    Callable<Integer> racer = () -> refresh(token).statusCode();
    try (ExecutorService all = Executors.newFixedThreadPool(RACERS)) {
      List<Future<Integer>> answers = all.invokeAll(Collections.nCopies(RACERS, racer));
      int won = 0;
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isIn(201, 401);
        won += answer.get() == 201 ? 1 : 0;
      }
      assertThat(won).isEqualTo(1);
    }
  }

  @Test
  void whatWasSpentStaysSpentWhenTheDatabaseComesBack() {
    Response first = begin(signIn());
    Response second = refresh(first.path("refreshToken"));
    servers.postgres().stop();
    servers.postgres().restart();
    dev.cofferdam.testkit.Eventually.within(SOON)
        .until("the next pair", () -> refresh(second.path("refreshToken")).statusCode() == 201);
    assertThat(refresh(first.path("refreshToken")).statusCode()).isEqualTo(401);
  }

  @Test
  void nothingIsSpentWhileVaultSignsNoToken() {
    String secret = signIn();
    String token = begin(signIn()).path("refreshToken");
    servers.vault().seal();
    try {
      assertThat(begin(secret).statusCode()).isEqualTo(503);
      assertThat(refresh(token).statusCode()).isEqualTo(503);
    } finally {
      servers.vault().unseal();
    }
    dev.cofferdam.testkit.Eventually.within(SOON)
        .until("the next pair", () -> refresh(token).statusCode() == 201);
    assertThat(begin(secret).statusCode()).isEqualTo(201);
  }

  @Test
  void onlyTokensForTheGatewayAreExchanged() {
    String secret = signIn();
    String other = gateway.token(secret, "session-service").path("accessToken");
    assertThat(exchange(other).statusCode()).isEqualTo(401);
    Response pair = begin(secret);
    String token = pair.path("accessToken");
    assertThat(exchange(token.substring(0, token.lastIndexOf('.') + 1)).statusCode())
        .isEqualTo(401);
    assertThat(exchange("x").statusCode()).isEqualTo(401);
    assertThat(refresh("A".repeat(43)).statusCode()).isEqualTo(401);
    assertThat(refresh("short").statusCode()).isEqualTo(400);
  }

  @Test
  void noTokenIsStored() throws SQLException {
    String token = begin(signIn()).path("refreshToken");
    try (Connection connection = database.getConnection();
        ResultSet rows =
            connection
                .createStatement()
                .executeQuery(
                    "select string_agg(row_to_json(t)::text, '') || (select"
                        + " coalesce(string_agg(payload, ''), '') from outbox) from"
                        + " refresh_token t")) {
      rows.next();
      assertThat(rows.getString(1)).isNotEmpty().doesNotContain(token);
    }
  }
}
