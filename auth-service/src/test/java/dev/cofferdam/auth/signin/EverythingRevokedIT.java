// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.signin;

import static dev.cofferdam.auth.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.auth.AuthServers;
import dev.cofferdam.auth.Caller;
import dev.cofferdam.auth.Guest;
import dev.cofferdam.auth.NightlyKey;
import dev.cofferdam.auth.Somebody;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.SshHome;
import dev.cofferdam.testkit.TopicReader;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The emergency stop revokes every token: keys, links and invitations as well as sign-ins. */
@QuarkusTest
@QuarkusTestResource(AuthServers.class)
class EverythingRevokedIT {
  /** More than end in one transaction, and not a multiple of it. */
  private static final int MANY = 2 * EmergencyStop.AT_ONCE + 50;

  private static final Duration SOON = Duration.ofSeconds(40);

  @Inject EntityManager database;

  Servers servers;
  Caller gateway;
  Caller stack;
  final SshHome home = new SshHome();

  @BeforeEach
  void meetTheParts() {
    gateway = Caller.of(servers, "gateway");
    stack = Caller.of(servers, "stack");
  }

  @AfterEach
  void leaveHome() {
    home.close();
  }

  private int keys(String name, String condition) {
    return QuarkusTransaction.requiringNew()
        .call(
            () ->
                ((Number)
                        database
                            .createNativeQuery(
                                "select count(*) from api_key where name = :name and " + condition)
                            .setParameter("name", name)
                            .getSingleResult())
                    .intValue());
  }

  private void manyKeys(Somebody whose, String name, String life) {
    String many =
        "insert into api_key (id, secret_hash, account_id, name, scope, created_at, created_by,"
            + " expires_at, sign_in) select gen_random_uuid(),"
            + " decode(md5(random()::text) || md5(n::text), 'hex'), a.id, :name, 'workspace.list',"
            + " now() - interval '2 hours', a.id, now() + cast(:life as interval),"
            + " gen_random_uuid() from generate_series(1, :many) n,"
            + " account a where a.id = :whose";
    QuarkusTransaction.requiringNew()
        .run(
            () ->
                database
                    .createNativeQuery(many)
                    .setParameter("name", name)
                    .setParameter("life", life)
                    .setParameter("whose", UUID.fromString(whose.id()))
                    .setParameter("many", MANY)
                    .executeUpdate());
  }

  @Test
  void atTheMachineNothingThatWasIssuedLetsAnybodyInAfterwards() {
    Somebody owner = Somebody.owner(servers);
    Response made = owner.post("/api-keys", NightlyKey.wanted());
    String key = made.path("key");
    String invitation = owner.post("/invitations", Map.of("role", "member")).path("token");
    String link = stack.newLink();
    String signIn = exchange(key).path("signIn");

    assertThat(stack.post("/internal/emergency-stop", Map.of("stopped", true)).statusCode())
        .isEqualTo(200);

    assertThat(exchange(key).statusCode()).isEqualTo(401);
    assertThat(
            gateway
                .post("/internal/over", Map.of("signIns", List.of(signIn)))
                .<List<String>>path("ended"))
        .containsExactly(signIn);
    refused(gateway.signIn(link), 410, "link-expired");
    refused(accept(invitation), 410, "invitation-spent");
    Somebody again = Somebody.owner(servers);
    assertThat(again.get("/invitations").<List<String>>path("id")).isEmpty();
    assertThat(again.get("/api-keys").<List<String>>path("id"))
        .doesNotContain(made.<String>path("apiKey.id"));
  }

  @Test
  void anOwnersStopSaysOfEachThatItWasThem() {
    Somebody owner = Somebody.fresh(servers, "owner", home);
    String name = "many " + UUID.randomUUID();
    manyKeys(owner, name, "1 hour");
    String over = "over " + UUID.randomUUID();
    manyKeys(owner, over, "-1 hour");
    String link = stack.newLink();
    String invitation = owner.post("/invitations", Map.of("role", "member")).path("id");

    Response stopped = owner.post("/emergency-stop", Map.of("stopped", true));

    assertThat(stopped.statusCode()).isEqualTo(200);
    assertThat(keys(name, "revoked_at is not null")).isEqualTo(MANY);
    assertThat(keys(over, "revoked_at is null")).as("expired before").isEqualTo(MANY);
    refused(gateway.signIn(link), 410, "link-expired");
    try (TopicReader security = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      assertThat(security.await(MANY, SOON, e -> isRevoked(e, "api-key", owner)))
          .doesNotHaveDuplicates();
      assertThat(security.await(1, SOON, e -> isRevoked(e, "link", owner))).isNotEmpty();
      assertThat(
              security.await(
                  1, SOON, e -> isRevoked(e, "invitation", owner) && e.contains(invitation)))
          .hasSize(1);
    }
  }

  @Test
  void whatAReplicaWithItsClockAheadHasMadeEndsAsWell() {
    Somebody owner = Somebody.owner(servers);
    String key = owner.post("/api-keys", NightlyKey.wanted()).path("key");
    String invitation = owner.post("/invitations", Map.of("role", "member")).path("token");
    String link = stack.newLink();
    for (String table : List.of("api_key", "invitation", "link", "browser_session")) {
      fromTheFuture(table);
    }

    stack.post("/internal/emergency-stop", Map.of("stopped", true)).then().statusCode(200);

    assertThat(exchange(key).statusCode()).isEqualTo(401);
    refused(accept(invitation), 410, "invitation-spent");
    refused(gateway.signIn(link), 410, "link-expired");
    assertThat(gateway.token(owner.secret(), "session-service").statusCode()).isEqualTo(401);
  }

  private void fromTheFuture(String table) {
    QuarkusTransaction.requiringNew()
        .run(
            () ->
                database
                    .createNativeQuery(
                        "update "
                            + table
                            + " set created_at = created_at + interval '5 minutes',"
                            + " expires_at = expires_at + interval '5 minutes'"
                            + " where expires_at > now()")
                    .executeUpdate());
  }

  private static boolean isRevoked(String event, String kind, Somebody by) {
    return event.contains("credential-changed")
        && event.contains("\"revoked\"")
        && event.contains("\"" + kind + "\"")
        && event.contains("\"by\":\"" + by.id() + "\"");
  }

  @Test
  void liftingItRevokesNothing() {
    String key = Somebody.owner(servers).post("/api-keys", NightlyKey.wanted()).path("key");
    stack.post("/internal/emergency-stop", Map.of("stopped", false));
    assertThat(exchange(key).statusCode()).isEqualTo(200);
  }

  private Response exchange(String key) {
    return gateway.post("/internal/tokens", Map.of("apiKey", key, "audience", "auth-service"));
  }

  private Response accept(String token) {
    return new Guest(servers, home).accept(token, "g" + System.nanoTime());
  }
}
