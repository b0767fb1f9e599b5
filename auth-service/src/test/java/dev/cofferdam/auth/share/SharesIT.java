// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.share;

import static dev.cofferdam.auth.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.auth.AuthServers;
import dev.cofferdam.auth.Caller;
import dev.cofferdam.auth.Somebody;
import dev.cofferdam.testkit.Servers;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule B1: no outsider, from however many places, keeps others from signing in. */
@QuarkusTest
@QuarkusTestResource(AuthServers.class)
class SharesIT {
  /** As the product has it; the tests would fail with another number. */
  private static final int MOST = 10_000;

  private static final int SSH_SHARE = 128;
  private static final int SITES = 100;

  @Inject EntityManager database;
  @Inject DataSource source;

  Servers servers;
  Caller gateway;

  @BeforeEach
  void nobodyWaits() {
    gateway = Caller.of(servers, "gateway");
    forget();
  }

  @AfterEach
  void forget() {
    change("delete from ssh_challenge", Map.of());
    change("delete from passkey_challenge", Map.of());
  }

  private void change(String sql, Map<String, Object> values) {
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              var query = database.createNativeQuery(sql);
              values.forEach(query::setParameter);
              query.executeUpdate();
            });
  }

  private int count(String table, String condition) {
    return QuarkusTransaction.requiringNew()
        .call(
            () ->
                ((Number)
                        database
                            .createNativeQuery(
                                "select count(*) from " + table + " where " + condition)
                            .getSingleResult())
                    .intValue());
  }

  private Response ssh(String address) {
    Map<String, String> body = new HashMap<>();
    body.put("origin", Somebody.ORIGIN);
    body.put("address", address);
    return gateway.post("/internal/ssh-key/challenges", body);
  }

  private Response passkey(String address) {
    return gateway.post("/internal/passkey/challenges", Map.of("address", address));
  }

  /** From a hundred sites, each with a hundredth of all that may wait. */
  private void fill(String table, String columns, String values) {
    change(
        "insert into "
            + table
            + " (id, expires_at, asker, asker_site, "
            + columns
            + ") select gen_random_uuid(), now() + interval '50 seconds', 'site ' || n % :sites,"
            + " 'site ' || n % :sites, "
            + values
            + " from generate_series(1, :most) n",
        Map.of("sites", SITES, "most", MOST));
  }

  @Test
  void aNetworkHasItsShareOfSshChallengesAndOthersHaveTheirs() {
    for (int i = 0; i < SSH_SHARE; i++) {
      assertThat(ssh("192.0.2.1").statusCode()).isEqualTo(201);
    }
    Response full = ssh("192.0.2.1");
    refused(full, 429, "too-many-tries");
    assertThat(full.header("Retry-After")).isEqualTo("60");
    assertThat(ssh("192.0.2.2").statusCode()).isEqualTo(201);
  }

  @Test
  void whoHasManyNetworksOfIpv6HasTheShareOfASite() {
    for (int i = 0; i < 4 * SSH_SHARE; i++) {
      assertThat(ssh("2001:db8:1:" + i % 8 + "::1").statusCode()).isEqualTo(201);
    }
    refused(ssh("2001:db8:1:9::1"), 429, "too-many-tries");
    assertThat(ssh("2001:db8:2:9::1").statusCode()).isEqualTo(201);
  }

  @Test
  void whoHasMostMakesRoomForAnotherWhoWantsToSignInBySshKey() {
    fill("ssh_challenge", "text, namespace, name, fingerprint", "'x', 'x', '', ''");
    Response mine = ssh("192.0.2.1");
    assertThat(mine.statusCode()).isEqualTo(201);
    for (int i = 0; i < 50; i++) {
      assertThat(ssh("198.51.100." + i).statusCode()).isEqualTo(201);
    }
    assertThat(count("ssh_challenge", "true")).isEqualTo(MOST);
    assertThat(count("ssh_challenge", "id = '" + UUID.fromString(mine.path("id")) + "'"))
        .as("one who asks once is not pushed out")
        .isEqualTo(1);
  }

  @Test
  void theSameForPasskeys() {
    fill("passkey_challenge", "challenge", "decode('00', 'hex')");
    assertThat(passkey("192.0.2.1").statusCode()).isEqualTo(201);
    assertThat(passkey("192.0.2.2").statusCode()).isEqualTo(201);
    assertThat(count("passkey_challenge", "asker like '192.0.2.%'")).isEqualTo(2);
    assertThat(count("passkey_challenge", "true")).isEqualTo(MOST);
  }

  /** Over the table of those who have gone to a provider, without a provider. */
  @ParameterizedTest
  @ValueSource(
      strings = {"ssh_challenge", "ssh_key_challenge", "passkey_challenge", "provider_sign_in"})
  void eachTableIsSweptAndCounted(String table) throws SQLException {
    Shares shares = new Shares(table, 1, 1, 1);
    try (Connection connection = source.getConnection()) {
      assertThat(shares.makeRoom(connection, Asker.at("203.0.113.200"), Instant.now())).isTrue();
    }
  }
}
