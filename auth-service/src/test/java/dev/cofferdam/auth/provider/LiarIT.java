// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.auth.AuthServers;
import dev.cofferdam.auth.Caller;
import dev.cofferdam.testkit.Servers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a real provider never says: each lie in an ID token, over the whole way. */
@QuarkusTest
@QuarkusTestResource(AuthServers.class)
@QuarkusTestResource(value = StandIns.class, restrictToAnnotatedClass = true)
class LiarIT {
  @Inject DataSource database;

  Servers servers;
  StandIns providers;
  Caller gateway;

  @BeforeEach
  void meetTheGateway() {
    gateway = Caller.of(servers, "gateway");
    providers.liar.lies.clear();
  }

  private Response signIn() {
    Traveller traveller = new Traveller(gateway, "liar");
    URI request = traveller.begin();
    String code = providers.liar.authorize(request);
    return traveller.comeBack(Map.of("code", code, "state", StandIn.query(request).get("state")));
  }

  @Test
  void withoutALieSomebodyComesIn() {
    Response in = signIn();
    assertThat(in.statusCode()).isEqualTo(201);
    // No word on the session there: ours ends with the ID token.
    Instant end = Instant.parse(in.path("browserSession.expiresAt"));
    assertThat(end).isBefore(Instant.now().plusSeconds(301));
  }

  @Test
  void aNetworkHasItsShareOfThoseWhoHaveGoneThereAndOthersHaveTheirs() {
    for (int i = 0; i < PendingSignIns.MOST_OF_NETWORK; i++) {
      new Traveller(gateway, "liar", "192.0.2.1").begin();
    }
    KeycloakIT.refused(new Traveller(gateway, "liar", "192.0.2.1").tryBegin(), 429, "busy");
    assertThat(new Traveller(gateway, "liar", "192.0.2.2").tryBegin().statusCode()).isEqualTo(201);
  }

  static Stream<Arguments> lies() {
    long now = Instant.now().getEpochSecond();
    return Stream.of(
        Arguments.of("iss", "https://elsewhere.example"),
        Arguments.of("aud", "somebody-else"),
        Arguments.of("aud", List.of("cofferdam", "somebody-else")),
        Arguments.of("azp", "somebody-else"),
        Arguments.of("exp", now - 120),
        Arguments.of("exp", null),
        Arguments.of("iat", now - 3600),
        Arguments.of("iat", null),
        Arguments.of("nonce", "A".repeat(43)),
        Arguments.of("nonce", null),
        Arguments.of("sub", null),
        Arguments.of("sub", "x".repeat(256)),
        Arguments.of(
            "events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of())));
  }

  @ParameterizedTest
  @MethodSource("lies")
  void aLieIsRefused(String claim, Object value) {
    providers.liar.lies.put(claim, value);
    KeycloakIT.refused(signIn(), 502, "provider-answer");
  }

  @Test
  void nobodyNewComesInWhereProvidersHaveFilledTheirShare() throws SQLException {
    providers.liar.lies.put("sub", UUID.randomUUID().toString());
    signIn().then().statusCode(201);
    fill();
    try {
      assertThat(signIn().statusCode()).as("who is known already").isEqualTo(201);
      providers.liar.lies.put("sub", UUID.randomUUID().toString());
      KeycloakIT.refused(signIn(), 409, "too-many-people");
      assertThat(execute("delete from account where name = 'filler-1'")).isEqualTo(1);
      assertThat(signIn().statusCode()).isEqualTo(201);
    } finally {
      empty();
    }
  }

  /** Some at a time: a statement has seconds. */
  private void fill() throws SQLException {
    int added;
    do {
      added =
          execute(
              "insert into account (id, name, role, kind, created_at, disabled_at)"
                  + " select gen_random_uuid(), 'filler-' || there + n, 'member', 'person', now(),"
                  + " now() from (select count(*) there from account where name like 'filler-%') f,"
                  + " generate_series(1, least(500, "
                  + ProviderAccounts.MOST
                  + " - (select count(*) from account))) n");
    } while (added > 0);
  }

  private void empty() throws SQLException {
    int gone;
    do {
      gone =
          execute(
              "delete from account where id in"
                  + " (select id from account where name like 'filler-%' limit 500)");
    } while (gone > 0);
  }

  private int execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return connection.createStatement().executeUpdate(sql);
    }
  }

  @Test
  void aNameThatIsTakenGetsANumberAndLinksToNothing() {
    providers.liar.lies.put("sub", "other-subject");
    providers.liar.lies.put("preferred_username", "owner");
    String secret = signIn().then().statusCode(201).extract().path("browserSession.secret");
    Response token = gateway.token(secret, "session-service");
    assertThat(token.<String>path("user.name")).isEqualTo("owner-2");
    assertThat(token.<String>path("user.role")).isEqualTo("member");
  }
}
