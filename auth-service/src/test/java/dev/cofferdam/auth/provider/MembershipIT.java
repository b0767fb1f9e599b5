// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import static dev.cofferdam.auth.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.auth.AuthServers;
import dev.cofferdam.auth.Caller;
import dev.cofferdam.auth.NightlyKey;
import dev.cofferdam.auth.Somebody;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of an account whose person a provider no longer admits. */
@QuarkusTest
@QuarkusTestResource(AuthServers.class)
@QuarkusTestResource(value = StandIns.class, restrictToAnnotatedClass = true)
class MembershipIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  @Inject DataSource database;

  Servers servers;
  StandIns providers;
  Caller gateway;

  @BeforeEach
  void somebodyIsAMember() {
    gateway = Caller.of(servers, "gateway");
    providers.strict.lies.clear();
    providers.strict.lies.put("sub", UUID.randomUUID().toString());
    groups("developers");
  }

  private void groups(String... groups) {
    providers.strict.lies.put("groups", List.of(groups));
  }

  private Response signIn() {
    Traveller traveller = new Traveller(gateway, "strict");
    URI request = traveller.begin();
    String code = providers.strict.authorize(request);
    return traveller.comeBack(Map.of("code", code, "state", StandIn.query(request).get("state")));
  }

  private Response token() {
    String secret = signIn().then().statusCode(201).extract().path("browserSession.secret");
    return gateway.token(secret, "auth-service");
  }

  private boolean isOff(String id) {
    return Somebody.owner(servers).get("/people").path("find { it.id == '" + id + "' }.disabled");
  }

  @Test
  void whoLeftIsSwitchedOffWithAllThatTheyHaveAndOnAgainOnceTheyAreBack() {
    Response in = token();
    String id = in.path("user.id");
    Caller person = Caller.showing(in.path("accessToken"));
    String key =
        person.post("/api-keys", NightlyKey.wanted()).then().statusCode(201).extract().path("key");
    assertThat(ofKey(key).statusCode()).isEqualTo(200);

    groups("others");
    refused(signIn(), 403, "not-admitted");

    assertThat(isOff(id)).isTrue();
    refused(ofKey(key), 401, "signed-out");
    try (TopicReader events = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      events.await(
          1,
          SOON,
          e -> e.contains("account-changed") && e.contains(id) && e.contains("\"disabled\""));
      events.await(
          1, SOON, e -> e.contains("sign-in-ended") && e.contains(in.<String>path("signIn")));
    }

    groups("developers");
    assertThat(token().<String>path("user.id")).isEqualTo(id);
    assertThat(ofKey(key).statusCode()).isEqualTo(200);
  }

  private Response ofKey(String key) {
    return gateway.post("/internal/tokens", Map.of("apiKey", key, "audience", "session-service"));
  }

  @Test
  void whomAnOwnerSwitchedOffStaysOffThoughTheyAreAdmitted() {
    String id = token().path("user.id");
    groups();
    refused(signIn(), 403, "not-admitted");
    Somebody.owner(servers).patch("/people/" + id, Map.of("disabled", true)).then().statusCode(200);
    groups("developers");
    refused(signIn(), 403, "account-disabled");
    assertThat(isOff(id)).isTrue();
  }

  @Test
  void aMissingClaimIsNoGroupAtAll() {
    String id = token().path("user.id");
    providers.strict.lies.remove("groups");
    refused(signIn(), 403, "not-admitted");
    assertThat(isOff(id)).isTrue();
  }

  @Test
  void whoseGroupsAreToBeHadElsewhereIsRefusedAndStaysOn() {
    String id = token().path("user.id");
    providers.strict.lies.remove("groups");
    providers.strict.lies.put("_claim_names", Map.of("groups", "src1"));
    refused(signIn(), 403, "not-admitted");
    assertThat(isOff(id)).isFalse();
  }

  @Test
  void theLastOwnerStaysOn() throws SQLException {
    String id = token().path("user.id");
    change("update account set role = 'owner' where id = '" + id + "'");
    change("update account set role = 'auditor' where role = 'owner' and id <> '" + id + "'");
    try {
      groups("others");
      refused(signIn(), 403, "not-admitted");
    } finally {
      change("update account set role = 'owner' where name = 'owner'");
    }
    assertThat(isOff(id)).isFalse();
    refused(signIn(), 403, "not-admitted");
    assertThat(isOff(id)).as("there is another owner now").isTrue();
  }

  private void change(String sql) throws SQLException {
    try (Connection connection = database.getConnection()) {
      assertThat(connection.createStatement().executeUpdate(sql)).isPositive();
    }
  }
}
