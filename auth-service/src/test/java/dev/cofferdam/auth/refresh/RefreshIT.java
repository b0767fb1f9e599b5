// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.refresh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cofferdam.auth.AuthServers;
import dev.cofferdam.auth.Caller;
import dev.cofferdam.auth.Somebody;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.SshHome;
import dev.cofferdam.testkit.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule R1. */
@QuarkusTest
@QuarkusTestResource(AuthServers.class)
class RefreshIT {
  private static final int RACERS = 50;
  private static final Duration SOON = Duration.ofSeconds(20);

  @Inject DataSource database;
  @Inject RefreshTokens tokens;

  Servers servers;
  Caller gateway;
  Somebody ada;
  final SshHome home = new SshHome();

  @BeforeEach
  void meetTheGateway() {
    gateway = Caller.of(servers, "gateway");
    ada = Somebody.fresh(servers, "member", home);
  }

  @AfterEach
  void leaveHome() {
    home.close();
  }

  /** The first pair of a program of hers. */
  private JsonPath begin() {
    Response signedIn = tryToBegin();
    assertThat(signedIn.statusCode()).isEqualTo(201);
    return signedIn.jsonPath().setRootPath("tokens");
  }

  private Response tryToBegin() {
    return Somebody.signInProgram(servers, home, Map.of("fingerprint", home.fingerprint()));
  }

  private List<Boolean> devices() {
    return ada.get("/devices").path("current");
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
    JsonPath first = begin();
    assertThat(exchange(first.get("accessToken")).statusCode()).isEqualTo(200);
    Response second = refresh(first.get("refreshToken"));
    assertThat(second.statusCode()).isEqualTo(201);
    Response third = refresh(second.path("refreshToken"));
    assertThat(Instant.parse(third.path("refreshTokenExpiresAt")))
        .as("the end does not move")
        .isCloseTo(
            Instant.parse(first.getString("refreshTokenExpiresAt")), within(1, ChronoUnit.MICROS));
    assertThat(exchange(third.path("accessToken")).statusCode()).isEqualTo(200);
  }

  /** The last letter of a signature has four bits that stand for nothing. */
  @Test
  void aTokenHasOneSpelling() {
    String token = begin().get("accessToken");
    String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    int last = letters.indexOf(token.charAt(token.length() - 1));
    String other = token.substring(0, token.length() - 1) + letters.charAt(last + 1);
    assertThat(Base64.getUrlDecoder().decode(other.substring(other.lastIndexOf('.') + 1)))
        .isEqualTo(Base64.getUrlDecoder().decode(token.substring(token.lastIndexOf('.') + 1)));
    assertThat(exchange(other).statusCode()).isEqualTo(401);
    assertThat(exchange(token).statusCode()).isEqualTo(200);
  }

  @Test
  void whatIsIssuedForATokenIsUsedNoLongerThanTheTokenItself() {
    JsonPath pair = begin();
    Instant end = Instant.parse(pair.getString("accessTokenExpiresAt"));
    dev.cofferdam.testkit.Eventually.within(SOON)
        .until(
            "a second later, by which a fresh token would end later",
            () -> Instant.now().isAfter(end.minusSeconds(298)));
    Response exchanged = exchange(pair.get("accessToken"));
    assertThat(Instant.parse(exchanged.path("expiresAt")).getEpochSecond())
        .isEqualTo(end.getEpochSecond());
  }

  @Test
  void aProgramsSignInHasNoCookie() {
    Response signedIn = tryToBegin();
    assertThat(signedIn.<Map<String, Object>>path("$")).containsOnlyKeys("tokens", "user");
    assertThat(signedIn.<Map<String, Object>>path("tokens"))
        .containsOnlyKeys(
            "accessToken", "accessTokenExpiresAt", "refreshToken", "refreshTokenExpiresAt");
    assertThat(signedIn.<String>path("user.id")).isEqualTo(ada.id());
  }

  @Test
  void aTokenOfASignInThatHasEndedIsRefusedAndGivesNoOther() throws SQLException {
    JsonPath pair = begin();
    String signIn = signInOf(pair.get("accessToken"));
    assertThat(ada.delete("/devices/" + signIn).statusCode()).isEqualTo(200);
    assertThat(refresh(pair.get("refreshToken")).statusCode()).isEqualTo(401);
    assertThat(count("refresh_token where sign_in = '" + signIn + "'")).isEqualTo(1);
  }

  @Test
  void neitherDoesATokenOfAnAccountThatWasSwitchedOff() {
    JsonPath pair = begin();
    Response off = Somebody.owner(servers).patch("/people/" + ada.id(), Map.of("disabled", true));
    assertThat(off.statusCode()).isEqualTo(200);
    assertThat(refresh(pair.get("refreshToken")).statusCode()).isEqualTo(401);
  }

  /** Between the question whose token it is and the spending there is time for an end. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "update browser_session set ended_at = now(), ended_reason = 'user' where id = '%s'",
        "update browser_session set expires_at = now() where id = '%s'",
        "update account set disabled_at = now() where id ="
            + " (select account_id from browser_session where id = '%s')"
      })
  void whatEndsMeanwhileGivesNoOther(String end) throws SQLException {
    JsonPath pair = begin();
    String token = pair.get("refreshToken");
    String signIn = signInOf(pair.get("accessToken"));
    RefreshTokens.Family family = tokens.whoRefreshes(token, "");
    execute(end.formatted(signIn));
    assertThatThrownBy(() -> tokens.refresh(token, family, ""))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().status()).isEqualTo(401));
    assertThat(count("refresh_token where sign_in = '" + signIn + "'")).isEqualTo(1);
  }

  /** Who comes back after the night is no thief. */
  @Test
  void aTokenWhoseTimeIsOverIsNotCalledStolen() throws SQLException {
    JsonPath pair = begin();
    String signIn = signInOf(pair.get("accessToken"));
    execute("update refresh_token set expires_at = now() where sign_in = '%s'".formatted(signIn));
    execute("update browser_session set expires_at = now() where id = '%s'".formatted(signIn));
    assertThat(refresh(pair.get("refreshToken")).statusCode()).isEqualTo(401);
    assertThat(count("browser_session where ended_at is null and id = '" + signIn + "'"))
        .as("nobody has ended it")
        .isEqualTo(1);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.createStatement().executeUpdate(sql);
    }
  }

  private String signInOf(String accessToken) {
    String claims =
        new String(Base64.getUrlDecoder().decode(accessToken.split("\\.", -1)[1]), UTF_8);
    return JsonPath.from(claims).getString("sid");
  }

  private int count(String rows) throws SQLException {
    try (Connection connection = database.getConnection();
        ResultSet row = connection.createStatement().executeQuery("select count(*) from " + rows)) {
      row.next();
      return row.getInt(1);
    }
  }

  @Test
  void aSpentTokenEndsTheWholeFamilyAndSaysSo() {
    JsonPath first = begin();
    Response second = refresh(first.get("refreshToken"));
    assertThat(refresh(first.get("refreshToken")).statusCode()).isEqualTo(401);
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
    String token = begin().get("refreshToken");
    List<Integer> answers = race(() -> refresh(token).statusCode(), () -> {});
    assertThat(answers).containsOnly(201, 401);
    assertThat(Collections.frequency(answers, 201)).isEqualTo(1);
  }

  /** They ask while it stops, whether or not some were answered before. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 10})
  void ofFiftyWhoAskWhileTheDatabaseRestartsAtMostOneGetsTheNext(int before) throws Exception {
    String token = begin().get("refreshToken");
    Semaphore answered = new Semaphore(0);
    List<Integer> answers =
        race(
            () -> {
              int status = refresh(token).statusCode();
              answered.release();
              return status;
            },
            () -> {
              answered.acquireUninterruptibly(before);
              servers.postgres().stop();
              servers.postgres().restart();
            });
    assertThat(answers).isSubsetOf(201, 401, 503);
    dev.cofferdam.testkit.Eventually.within(SOON)
        .until("a sign-in", () -> tryToBegin().statusCode() == 201);
    List<Integer> behind = race(() -> refresh(token).statusCode(), () -> {});
    assertThat(behind).isSubsetOf(201, 401, 503);
    assertThat(Collections.frequency(answers, 201) + Collections.frequency(behind, 201))
        .isLessThanOrEqualTo(1);
    String next = begin().get("refreshToken");
    List<Integer> fresh = race(() -> refresh(next).statusCode(), () -> {});
    assertThat(Collections.frequency(fresh, 201)).isEqualTo(1);
  }

  /** What fifty were answered. */
  private static List<Integer> race(Callable<Integer> racer, Runnable meanwhile) throws Exception {
    List<Integer> answers = new ArrayList<>();
    try (ExecutorService all = Executors.newFixedThreadPool(RACERS)) {
      List<Future<Integer>> racers =
          Collections.nCopies(RACERS, racer).stream().map(all::submit).toList();
      meanwhile.run();
      for (Future<Integer> one : racers) {
        answers.add(one.get());
      }
    }
    return answers;
  }

  @Test
  void whatWasSpentStaysSpentWhenTheDatabaseComesBack() {
    JsonPath first = begin();
    Response second = refresh(first.get("refreshToken"));
    servers.postgres().stop();
    servers.postgres().restart();
    dev.cofferdam.testkit.Eventually.within(SOON)
        .until("the next pair", () -> refresh(second.path("refreshToken")).statusCode() == 201);
    assertThat(refresh(first.get("refreshToken")).statusCode()).isEqualTo(401);
  }

  @Test
  void nothingIsSpentOrOpenedWhileVaultSignsNoToken() {
    String token = begin().get("refreshToken");
    int devices = devices().size();
    servers.vault().seal();
    try {
      assertThat(tryToBegin().statusCode()).isEqualTo(503);
      assertThat(refresh(token).statusCode()).isEqualTo(503);
      assertThat(devices()).as("no sign-in without tokens is left").hasSize(devices);
    } finally {
      servers.vault().unseal();
    }
    dev.cofferdam.testkit.Eventually.within(SOON)
        .until("the next pair", () -> refresh(token).statusCode() == 201);
    begin();
  }

  @Test
  void onlyTokensForTheGatewayAreExchanged() {
    String other = gateway.token(ada.secret(), "session-service").path("accessToken");
    assertThat(exchange(other).statusCode()).isEqualTo(401);
    String token = begin().get("accessToken");
    assertThat(exchange(token.substring(0, token.lastIndexOf('.') + 1)).statusCode())
        .isEqualTo(401);
    assertThat(exchange("x").statusCode()).isEqualTo(401);
    assertThat(refresh("A".repeat(43)).statusCode()).isEqualTo(401);
    assertThat(refresh("short").statusCode()).isEqualTo(400);
  }

  @Test
  void noTokenIsStored() throws SQLException {
    String token = begin().get("refreshToken");
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
