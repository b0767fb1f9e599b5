// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.auth.AuthServers;
import dev.cofferdam.auth.Caller;
import dev.cofferdam.auth.Meanwhile;
import dev.cofferdam.testkit.Servers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signing in at {@link GitHubStandIn}, which behaves as GitHub's documentation says. */
@QuarkusTest
@QuarkusTestResource(AuthServers.class)
@QuarkusTestResource(value = StandIns.class, restrictToAnnotatedClass = true)
class GitHubIT {
  @Inject DataSource database;

  Servers servers;
  StandIns providers;
  Caller gateway;

  @BeforeEach
  void meetTheGateway() {
    gateway = Caller.of(servers, "gateway");
    providers.hub.memberships.clear();
    providers.hub.givenBack.clear();
    providers.hub.number++;
    providers.hub.verified = true;
  }

  private Response signIn() {
    Traveller traveller = new Traveller(gateway, "hub");
    URI request = traveller.begin();
    return traveller.comeBack(
        Map.of(
            "code",
            providers.hub.authorize(request),
            "state",
            StandIn.query(request).get("state")));
  }

  private String role(Response in) {
    String secret = in.then().statusCode(201).extract().path("browserSession.secret");
    return gateway.token(secret, "session-service").path("user.role");
  }

  @Test
  void theRequestHasPkceAndStateAndNoSecret() {
    URI there = new Traveller(gateway, "hub").begin();
    assertThat(there.toString())
        .startsWith(providers.hub.web() + "/login/oauth/authorize?")
        .doesNotContain(providers.secret);
    assertThat(StandIn.query(there))
        .containsEntry("code_challenge_method", "S256")
        .containsEntry("scope", "read:user user:email read:org")
        .containsEntry("redirect_uri", StandIns.ORIGIN + "hub/callback")
        .containsKeys("state", "code_challenge");
  }

  @Test
  void aMemberOfTheOrganisationIsAMember() {
    providers.hub.verified = false;
    providers.hub.memberships.put("octo-org", "active");
    assertThat(role(signIn())).isEqualTo("member");
  }

  @Test
  void aMemberOfTheTeamIsAnAdminUntilTheyLeaveIt() {
    providers.hub.memberships.put("octo-org/admins", "active");
    assertThat(role(signIn())).isEqualTo("admin");
    providers.hub.memberships.clear();
    assertThat(role(signIn())).isEqualTo("member");
  }

  @Test
  void whoIsSwitchedOffMeanwhileStaysSwitchedOffThoughTheirGroupsGiveAnotherRole()
      throws Exception {
    providers.hub.memberships.put("octo-org/admins", "active");
    String secret = signIn().then().statusCode(201).extract().path("browserSession.secret");
    String id = gateway.token(secret, "session-service").path("user.id");
    providers.hub.memberships.clear();

    String off = "update account set disabled_at = now() where id = '" + id + "'";
    KeycloakIT.refused(new Meanwhile(database).of(off, this::signIn), 403, "account-disabled");

    try (Connection connection = database.getConnection();
        ResultSet row =
            connection
                .createStatement()
                .executeQuery(
                    "select disabled_at is not null and role = 'admin' from account where id = '"
                        + id
                        + "'")) {
      row.next();
      assertThat(row.getBoolean(1)).as("what was committed meanwhile is kept").isTrue();
    }
  }

  @Test
  void aVerifiedAddressOfTheDomainLetsIn() {
    assertThat(role(signIn())).isEqualTo("member");
  }

  @Test
  void anUnverifiedAddressOrAPendingMembershipDoesNot() {
    providers.hub.verified = false;
    providers.hub.memberships.put("octo-org", "pending");
    KeycloakIT.refused(signIn(), 403, "not-admitted");
  }

  @Test
  void whoIsNotToldOfIsNotTakenForSomebodyWhoLeft() {
    providers.hub.memberships.put("octo-org/admins", "active");
    String secret = signIn().then().statusCode(201).extract().path("browserSession.secret");
    providers.hub.memberships.put("octo-org/admins", GitHubStandIn.FORBIDDEN);
    KeycloakIT.refused(signIn(), 503, "provider-away");
    assertThat(gateway.token(secret, "session-service").<String>path("user.role"))
        .isEqualTo("admin");
  }

  @Test
  void theTokenIsGivenBack() {
    signIn().then().statusCode(201);
    assertThat(providers.hub.givenBack).hasSize(1);
    assertThat(providers.hub.givenBack.getFirst()).startsWith("DELETE").contains("access_token");
  }

  @Test
  void aCodeIsUsedOnceAndOnlyByWhoAskedForIt() {
    Traveller one = new Traveller(gateway, "hub");
    URI request = one.begin();
    Map<String, String> answer = new HashMap<>();
    answer.put("code", providers.hub.authorize(request));
    Traveller other = new Traveller(gateway, "hub");
    answer.put("state", StandIn.query(other.begin()).get("state"));
    KeycloakIT.refused(other.comeBack(answer), 403, "provider-refused");
  }

  @Test
  void anErrorAndAnotherIssuerAreRefused() {
    Traveller traveller = new Traveller(gateway, "hub");
    String state = StandIn.query(traveller.begin()).get("state");
    KeycloakIT.refused(
        traveller.comeBack(Map.of("error", "access_denied", "state", state)),
        403,
        "provider-refused");
    String next = StandIn.query(traveller.begin()).get("state");
    KeycloakIT.refused(
        traveller.comeBack(Map.of("code", "x", "state", next, "iss", "https://evil.example")),
        502,
        "provider-answer");
  }
}
