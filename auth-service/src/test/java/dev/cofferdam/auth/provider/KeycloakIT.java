// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.auth.AuthServers;
import dev.cofferdam.auth.Caller;
import dev.cofferdam.testkit.KeycloakBrowser;
import dev.cofferdam.testkit.KeycloakRealm.Person;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TestkitException;
import dev.cofferdam.testkit.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signing in at a real Keycloak, from the first click to the end of the session. */
@QuarkusTest
@QuarkusTestResource(AuthServers.class)
@QuarkusTestResource(value = Providers.class, restrictToAnnotatedClass = true)
class KeycloakIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  @Inject DataSource database;

  Servers servers;
  Providers providers;
  Caller gateway;

  @BeforeEach
  void meetTheGateway() {
    gateway = Caller.of(servers, "gateway");
    providers.logoutTokens.clear();
  }

  private Response signIn(Person person) {
    Traveller traveller = new Traveller(gateway, "corp");
    return traveller.comeBack(new KeycloakBrowser().signIn(traveller.begin(), person));
  }

  private String secretOf(Response in) {
    return in.then().statusCode(201).extract().path("browserSession.secret");
  }

  private Response token(String secret) {
    return gateway.token(secret, "session-service");
  }

  @Test
  void theRequestSaysAllThatItMust() {
    URI there = new Traveller(gateway, "corp").begin();
    Map<String, String> query = StandIn.query(there);
    assertThat(there.toString()).startsWith(providers.keycloak.issuer().toString());
    assertThat(query)
        .containsEntry("response_type", "code")
        .containsEntry("code_challenge_method", "S256")
        .containsEntry("redirect_uri", Providers.ORIGIN + "corp/callback")
        .containsEntry("client_id", "cofferdam");
    for (String random : List.of("state", "nonce", "code_challenge")) {
      assertThat(query.get(random)).matches("[A-Za-z0-9_-]{43}");
    }
    assertThat(there.toString()).doesNotContain(providers.secret);
  }

  @Test
  void somebodyOfAnAdmittedGroupComesInAsAMember() {
    String secret = secretOf(signIn(providers.bob));
    Response token = token(secret);
    assertThat(token.<String>path("user.name")).isEqualTo("bob");
    assertThat(token.<String>path("user.role")).isEqualTo("member");
  }

  @Test
  void theSecondTimeItIsTheSameAccount() {
    String first = token(secretOf(signIn(providers.bob))).path("user.id");
    String second = token(secretOf(signIn(providers.bob))).path("user.id");
    assertThat(second).isEqualTo(first);
  }

  @Test
  void ourSessionNeverOutlivesTheirs() {
    Response in = signIn(providers.bob);
    Instant end =
        Instant.parse(in.then().statusCode(201).extract().path("browserSession.expiresAt"));
    // The realm's sessions end half an hour after their last use.
    assertThat(end).isBefore(Instant.now().plus(Duration.ofMinutes(31)));
  }

  @Test
  void groupsGiveRolesAtEachSignIn() {
    String secret = secretOf(signIn(providers.pat));
    assertThat(token(secret).<String>path("user.role")).isEqualTo("auditor");
    providers.keycloak.administrator().leave("pat", "coffer-auditors");
    String later = secretOf(signIn(providers.pat));
    assertThat(token(later).<String>path("user.role")).isEqualTo("member");
    assertThat(token(secret).statusCode()).as("signed in with the role from before").isEqualTo(401);
    String id = token(later).path("user.id");
    try (TopicReader events = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      events.await(
          1, SOON, e -> e.contains("account-changed") && e.contains(id) && e.contains("\"role\""));
      events.await(
          1, SOON, e -> e.contains("account-changed") && e.contains(id) && e.contains("added"));
    }
  }

  @Test
  void anAdminsGroupMakesAnAdmin() {
    assertThat(token(secretOf(signIn(providers.ada))).<String>path("user.role")).isEqualTo("admin");
  }

  @Test
  void whoIsInNoGroupOfOursIsNotAdmitted() throws SQLException {
    refused(signIn(providers.eve), 403, "not-admitted");
    assertThat(number("select count(*) from account where name like 'eve%'")).isZero();
    try (TopicReader events = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      events.await(1, SOON, e -> e.contains("\"provider-refused\"") && e.contains("not-admitted"));
    }
  }

  @Test
  void whoLeavesTheGroupComesInNoMore() {
    String secret = secretOf(signIn(providers.dan));
    providers.keycloak.administrator().leave("dan", "developers");
    refused(signIn(providers.dan), 403, "not-admitted");
    assertThat(token(secret).statusCode()).as("switched off").isEqualTo(401);
    providers.keycloak.administrator().join("dan", "developers");
    secretOf(signIn(providers.dan));
  }

  @Test
  void somebodyElsesAddressLinksToNothing() {
    String bob = token(secretOf(signIn(providers.bob))).path("user.id");
    providers.keycloak.administrator().setEmail("bob", "moved@example.org");
    providers.keycloak.administrator().setEmail("ada", "bob@example.org");
    String ada = token(secretOf(signIn(providers.ada))).path("user.id");
    assertThat(ada).isNotEqualTo(bob);
    assertThat(token(secretOf(signIn(providers.bob))).<String>path("user.id")).isEqualTo(bob);
  }

  @Test
  void aWrongStateIsRefused() {
    Traveller traveller = new Traveller(gateway, "corp");
    URI back = new KeycloakBrowser().signIn(traveller.begin(), providers.bob);
    Map<String, String> answer = StandIn.query(back);
    answer.put("state", "A".repeat(43));
    refused(traveller.comeBack(answer), 410, "sign-in-expired");
  }

  @Test
  void anotherBrowserCantUseTheAnswerAndSpendsIt() {
    Traveller victim = new Traveller(gateway, "corp");
    URI back = new KeycloakBrowser().signIn(victim.begin(), providers.bob);
    refused(new Traveller(gateway, "corp").comeBack(back), 410, "sign-in-expired");
    refused(victim.comeBack(back), 410, "sign-in-expired");
  }

  @Test
  void anAnswerIsUsedOnce() {
    Traveller traveller = new Traveller(gateway, "corp");
    URI back = new KeycloakBrowser().signIn(traveller.begin(), providers.bob);
    secretOf(traveller.comeBack(back));
    refused(traveller.comeBack(back), 410, "sign-in-expired");
  }

  @Test
  void aCodeThatWasUsedIsRefusedByKeycloak() {
    Traveller traveller = new Traveller(gateway, "corp");
    URI back = new KeycloakBrowser().signIn(traveller.begin(), providers.bob);
    secretOf(traveller.comeBack(back));
    Map<String, String> answer = StandIn.query(back);
    answer.put("state", StandIn.query(traveller.begin()).get("state"));
    refused(traveller.comeBack(answer), 403, "provider-refused");
  }

  @Test
  void aCodeOfAnotherBrowserIsWorthNothing() {
    Traveller victim = new Traveller(gateway, "corp");
    Map<String, String> stolen =
        StandIn.query(new KeycloakBrowser().signIn(victim.begin(), providers.bob));
    Traveller thief = new Traveller(gateway, "corp");
    stolen.put("state", StandIn.query(thief.begin()).get("state"));
    // The verifier is another one, so PKCE fails at Keycloak.
    refused(thief.comeBack(stolen), 403, "provider-refused");
  }

  @Test
  void anAnswerInAnotherIssuersNameIsRefused() {
    Traveller traveller = new Traveller(gateway, "corp");
    Map<String, String> answer =
        StandIn.query(new KeycloakBrowser().signIn(traveller.begin(), providers.bob));
    answer.put("iss", providers.liar.issuer());
    refused(traveller.comeBack(answer), 502, "provider-answer");
  }

  @Test
  void anAnswerWithoutIssuerIsRefusedFromWhoNamesItself() {
    Traveller traveller = new Traveller(gateway, "corp");
    Map<String, String> answer =
        StandIn.query(new KeycloakBrowser().signIn(traveller.begin(), providers.bob));
    answer.remove("iss");
    refused(traveller.comeBack(answer), 502, "provider-answer");
  }

  @Test
  void anAnswerOfOneProviderIsRefusedAtAnothersAddress() {
    Traveller traveller = new Traveller(gateway, "liar");
    String state = StandIn.query(traveller.begin()).get("state");
    Traveller corp = new Traveller(gateway, "corp");
    refused(corp.comeBack(Map.of("code", "x", "state", state)), 410, "sign-in-expired");
  }

  @Test
  void withoutPkceKeycloakGivesNoCode() {
    Traveller traveller = new Traveller(gateway, "corp");
    String without = traveller.begin().toString().replaceAll("&code_challenge(_method)?=[^&]*", "");
    URI back = new KeycloakBrowser().signIn(URI.create(without), providers.bob);
    refused(traveller.comeBack(back), 403, "provider-refused");
  }

  @Test
  void aTokenWithAnotherNonceIsRefused() {
    Traveller traveller = new Traveller(gateway, "corp");
    String other =
        traveller.begin().toString().replaceAll("nonce=[^&]*", "nonce=" + "A".repeat(43));
    URI back = new KeycloakBrowser().signIn(URI.create(other), providers.bob);
    refused(traveller.comeBack(back), 502, "provider-answer");
  }

  @Test
  void afterTenMinutesItIsOver() throws SQLException {
    Traveller traveller = new Traveller(gateway, "corp");
    URI back = new KeycloakBrowser().signIn(traveller.begin(), providers.bob);
    assertThat(
            number(
                "select round(extract(epoch from max(expires_at) - now())) from provider_sign_in"))
        .isBetween(570L, 600L);
    change("update provider_sign_in set expires_at = now()");
    refused(traveller.comeBack(back), 410, "sign-in-expired");
  }

  @Test
  void whoIsSwitchedOffHereDoesNotComeIn() throws SQLException {
    String id = token(secretOf(signIn(providers.bob))).path("user.id");
    change("update account set disabled_at = now() where id = '" + id + "'");
    refused(signIn(providers.bob), 403, "account-disabled");
    change("update account set disabled_at = null where id = '" + id + "'");
  }

  @Test
  void whoIsSwitchedOffThereDoesNotComeIn() {
    providers.keycloak.administrator().setEnabled("dan", false);
    assertThatThrownBy(() -> signIn(providers.dan)).isInstanceOf(TestkitException.class);
    providers.keycloak.administrator().setEnabled("dan", true);
  }

  @Test
  void signingOutThereSignsOutHere() throws InterruptedException {
    String secret = secretOf(signIn(providers.ada));
    String session = token(secret).path("signIn");
    String others = secretOf(signIn(providers.bob));
    providers.keycloak.administrator().signOut("ada");
    String logout = obeyLogoutsUntilEnded(secret);
    refused(token(secret), 401, "signed-out");
    assertThat(token(others).statusCode()).isEqualTo(200);
    refused(sendLogout("corp", logout), 400, "logout-token");
    try (TopicReader events = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      events.await(
          1,
          SOON,
          e ->
              e.contains("sign-in-ended")
                  && e.contains(session)
                  && e.contains("provider-signed-out")
                  && e.contains("\"method\":\"oidc\""));
    }
  }

  /** Keycloak sends one for each session there; the last one that was needed. */
  private String obeyLogoutsUntilEnded(String secret) throws InterruptedException {
    String logout;
    do {
      logout = providers.logoutTokens.poll(20, TimeUnit.SECONDS);
      assertThat(logout).isNotNull();
      assertThat(sendLogout("corp", logout).statusCode()).isLessThan(300);
    } while (token(secret).statusCode() == 200);
    return logout;
  }

  @Test
  void aLogoutTokenOfAnotherProviderEndsNothing() throws InterruptedException {
    String secret = secretOf(signIn(providers.ada));
    providers.keycloak.administrator().signOut("ada");
    String logout = providers.logoutTokens.poll(20, TimeUnit.SECONDS);
    refused(sendLogout("liar", logout), 400, "logout-token");
    refused(sendLogout("hub", logout), 404, "not-found");
    refused(sendLogout("corp", "e30.e30.x"), 400, "logout-token");
    assertThat(token(secret).statusCode()).isEqualTo(200);
  }

  private Response sendLogout(String provider, String token) {
    return gateway.post("/internal/providers/" + provider + "/logouts", Map.of("token", token));
  }

  @Test
  void aProviderThatIsAwayIsSaidSoAndTheOthersWork() {
    refused(new Traveller(gateway, "away").tryBegin(), 503, "provider-away");
    refused(new Traveller(gateway, "nobody").tryBegin(), 404, "not-found");
    secretOf(signIn(providers.bob));
  }

  @Test
  void nothingOfAProvidersIsStored() throws SQLException {
    Traveller traveller = new Traveller(gateway, "corp");
    Map<String, String> asked = StandIn.query(traveller.begin());
    String stored = rows("provider_sign_in") + rows("provider_session") + rows("provider_identity");
    assertThat(stored).doesNotContain(asked.get("state"), asked.get("nonce"), providers.secret);
  }

  static void refused(Response answer, int status, String slug) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
    assertThat(answer.contentType()).isEqualTo("application/problem+json");
    assertThat(answer.<String>path("type")).isEqualTo("https://cofferdam.dev/problems/" + slug);
  }

  private void change(String sql) throws SQLException {
    try (Connection connection = database.getConnection()) {
      assertThat(connection.createStatement().executeUpdate(sql)).isPositive();
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
}
