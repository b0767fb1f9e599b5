// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.session;

import static dev.cofferdam.session.Answers.refused;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.events.EventCodec;
import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.partidentity.PartName;
import dev.cofferdam.session.SessionServers;
import dev.cofferdam.testkit.Eventually;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TokenIssuer;
import dev.cofferdam.testkit.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A token is good for five minutes by itself, and no longer than its sign-in. */
@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class EndedSignInIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  TokenIssuer issuer;
  Servers servers;
  KafkaProducer<String, String> auth;

  private final UserId user = UserId.random();
  private final UUID signIn = UUID.randomUUID();

  @BeforeEach
  void connect() {
    auth =
        new KafkaProducer<>(
            servers.kafka().clientOf(PartName.AUTH).settings(),
            new StringSerializer(),
            new StringSerializer());
  }

  @AfterEach
  void disconnect() {
    issuer.setMute(false);
    auth.close();
  }

  private String token(UUID of) {
    Map<String, Object> claims = issuer.claims(user.toString(), "session-service");
    claims.put("sid", of.toString());
    return issuer.signed(issuer.header(), claims);
  }

  private static Response list(String token) {
    return given().header("Authorization", "Bearer " + token).get("/sessions");
  }

  private void tellThatItEnded(UUID which) throws Exception {
    SecurityEvent ended =
        new SecurityEvent.SignInEnded(UUID.randomUUID(), Instant.now(), user, which, "signed-out");
    auth.send(
            servers
                .kafka()
                .signed(
                    PartName.AUTH, ended.topic().wireName(), ended.key(), EventCodec.write(ended)))
        .get();
  }

  /** Then ends are heard of: nobody is asked about one that was seen before. */
  private void awaitTail(String token) {
    Eventually.within(SOON)
        .passes(
            () -> {
              assertThat(list(token).statusCode()).isEqualTo(200);
              int before = issuer.questions();
              assertThat(list(token).statusCode()).isEqualTo(200);
              assertThat(issuer.questions()).isEqualTo(before);
            });
  }

  @Test
  void itsTokenIsRefusedAsSoonAsItsEndIsTold() throws Exception {
    String token = token(signIn);
    awaitTail(token);
    tellThatItEnded(signIn);
    Eventually.within(SOON).until("refused", () -> list(token).statusCode() == 401);
    refused(list(token), 401, "signed-out");
    try (TopicReader security = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      assertThat(
              security.await(
                  1,
                  SOON,
                  event -> event.contains("sign-in-over") && event.contains(user.toString())))
          .allMatch(event -> event.contains("access-token-refused"));
    }
  }

  @Test
  void oneThatEndedBeforeItWasSeenHereIsLookedUp() {
    issuer.end(signIn.toString());
    refused(list(token(signIn)), 401, "signed-out");
  }

  @Test
  void onceSeenNobodyIsAskedAgain() {
    String token = token(signIn);
    awaitTail(token);
    int before = issuer.questions();
    for (int i = 0; i < 100; i++) {
      assertThat(list(token).statusCode()).isEqualTo(200);
    }
    assertThat(issuer.questions() - before).isZero();
  }

  @Test
  void whileAuthServiceIsAwayNobodyNewIsLetInAndWhoIsKnownGoesOn() {
    String known = token(signIn);
    awaitTail(known);
    issuer.setMute(true);
    assertThat(list(token(UUID.randomUUID())).statusCode()).isEqualTo(503);
    assertThat(list(known).statusCode()).isEqualTo(200);
  }
}
