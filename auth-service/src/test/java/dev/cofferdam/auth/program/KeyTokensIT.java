// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.program;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.auth.AuthServers;
import dev.cofferdam.auth.Caller;
import dev.cofferdam.auth.NightlyKey;
import dev.cofferdam.auth.Somebody;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.SshHome;
import dev.cofferdam.testkit.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a key's tokens name as their sign-in ends for good, wherever it is remembered, when what the
 * key's owner may has changed. The key itself goes on with another one.
 */
@QuarkusTest
@QuarkusTestResource(AuthServers.class)
class KeyTokensIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  Servers servers;
  Caller gateway;
  Somebody owner;
  Somebody member;
  final SshHome home = new SshHome();

  @BeforeEach
  void signIn() {
    gateway = Caller.of(servers, "gateway");
    owner = Somebody.owner(servers);
    member = Somebody.fresh(servers, "member", home);
  }

  @AfterEach
  void leaveHome() {
    home.close();
  }

  private String key() {
    return member
        .post("/api-keys", NightlyKey.wanted())
        .then()
        .statusCode(201)
        .extract()
        .path("key");
  }

  private Response token(String key) {
    return gateway.post(
        "/internal/tokens", Map.of("apiKey", key, "audience", "auth-service", "address", ""));
  }

  private List<String> over(String signIn) {
    return gateway.post("/internal/over", Map.of("signIns", List.of(signIn))).path("ended");
  }

  private String why(String signIn) {
    return gateway
        .post("/internal/over", Map.of("signIns", List.of(signIn)))
        .path("reasons.'" + signIn + "'");
  }

  private void change(Map<String, Object> what) {
    assertThat(owner.patch("/people/" + member.id(), what).statusCode()).isEqualTo(200);
  }

  /** What is told within the transaction that changes the account. */
  private void endIsTold(String signIn, String reason) {
    try (TopicReader security = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      assertThat(
              security
                  .await(1, SOON, e -> e.contains("sign-in-ended") && e.contains(signIn))
                  .getFirst())
          .contains(reason);
    }
  }

  private static int list(String bearer) {
    return given().header("Authorization", "Bearer " + bearer).get("/me").statusCode();
  }

  @Test
  void anotherRoleEndsTheTokensFromBeforeAndTheKeyGoesOn() {
    String key = key();
    Response before = token(key);
    String old = before.path("signIn");
    assertThat(over(old)).isEmpty();

    change(Map.of("role", "auditor"));

    assertThat(over(old)).containsExactly(old);
    assertThat(why(old)).isEqualTo("role-changed");
    endIsTold(old, "role-changed");
    assertThat(list(before.path("accessToken"))).as("the token from before").isEqualTo(401);
    Response after = token(key);
    assertThat(after.<String>path("user.role")).isEqualTo("auditor");
    assertThat(after.<String>path("signIn")).isNotEqualTo(old);
    assertThat(over(after.path("signIn"))).isEmpty();
    assertThat(list(after.path("accessToken"))).as("signed in").isEqualTo(403);
  }

  @Test
  void whoIsSwitchedOffAndOnAgainHasTheirKeysAgainAndNoTokenFromBefore() {
    String key = key();
    String old = token(key).path("signIn");

    change(Map.of("disabled", true));

    assertThat(over(old)).containsExactly(old);
    assertThat(why(old)).isEqualTo("account-disabled");
    endIsTold(old, "account-disabled");
    assertThat(token(key).statusCode()).isEqualTo(401);

    change(Map.of("disabled", false));

    assertThat(over(old)).as("what ended stays over").containsExactly(old);
    Response again = token(key);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(over(again.path("signIn"))).isEmpty();
  }

  @Test
  void aKeyThatIsRevokedAfterwardsEndsWhatItHasByThen() {
    String key = key();
    change(Map.of("role", "admin"));
    String now = token(key).path("signIn");
    Somebody again = Somebody.bySshKey(servers, home, Map.of());
    String id = again.get("/api-keys").path("[0].id");

    assertThat(again.delete("/api-keys/" + id).statusCode()).isEqualTo(204);

    assertThat(over(now)).containsExactly(now);
    assertThat(why(now)).isEqualTo("key-revoked");
    endIsTold(now, "key-revoked");
    assertThat(token(key).statusCode()).isEqualTo(401);
  }
}
