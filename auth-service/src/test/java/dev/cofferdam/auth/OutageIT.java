// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.testkit.Eventually;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A part that is down is said within five seconds, and its coming back needs nobody. */
@QuarkusTest
@QuarkusTestResource(AuthServers.class)
class OutageIT {
  private static final Duration BACK = Duration.ofSeconds(10);

  Servers servers;
  Caller gateway;
  Caller stack;
  String secret;

  @BeforeEach
  void signIn() {
    gateway = Caller.of(servers, "gateway");
    stack = Caller.of(servers, "stack");
    secret = gateway.signIn(stack.newLink()).path("browserSession.secret");
    assertThat(token().statusCode()).isEqualTo(200);
  }

  @Test
  void withASealedVaultNoTokenIsIssuedButLinksWork() {
    servers.vault().seal();
    try {
      unavailable(this::token);
      assertThat(token().<String>path("detail")).contains("Vault is sealed", "./coffer up");
      assertThat(gateway.signIn(stack.newLink()).statusCode()).isEqualTo(201);
      assertThat(given().get("/.well-known/jwks.json").statusCode()).isEqualTo(200);
    } finally {
      servers.vault().unseal();
    }
    Eventually.within(BACK).until("tokens again", () -> token().statusCode() == 200);
  }

  @Test
  void aVaultThatHangsIsNotWaitedFor() {
    servers.vault().freeze();
    try {
      unavailable(this::token);
    } finally {
      servers.vault().thaw();
    }
    Eventually.within(BACK).until("tokens again", () -> token().statusCode() == 200);
  }

  @Test
  void aRevokedVaultTokenIsReplaced() {
    servers.vault().revokeTokensOf("auth");
    assertThat(token().statusCode()).isEqualTo(200);
  }

  @Test
  void withoutADatabaseItSaysSo() {
    servers.postgres().stop();
    try {
      unavailable(this::token);
      unavailable(() -> stack.post("/internal/links", Map.of()));
      unavailable(() -> gateway.signIn("A".repeat(43)));
    } finally {
      servers.postgres().restart();
    }
    Eventually.within(BACK).until("tokens again", () -> token().statusCode() == 200);
  }

  @Test
  void withoutABrokerEverythingWorksAndEventsComeLater() {
    servers.kafka().kill();
    try {
      assertThat(gateway.signIn("C".repeat(43)).statusCode()).isEqualTo(410);
      assertThat(gateway.signIn(stack.newLink()).statusCode()).isEqualTo(201);
    } finally {
      servers.kafka().restart();
    }
    try (TopicReader security = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      assertThat(security.await(1, Duration.ofSeconds(30), event -> event.contains("link-unknown")))
          .isNotEmpty();
    }
  }

  @Test
  void isReadyOnItsManagementPort() {
    int port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", Integer.class);
    Eventually.within(BACK)
        .passes(
            () ->
                assertThat(
                        given()
                            .baseUri("http://127.0.0.1:" + port)
                            .get("/q/health/ready")
                            .statusCode())
                    .isEqualTo(200));
  }

  private Response token() {
    return gateway.token(secret, "session-service");
  }

  private static void unavailable(Supplier<Response> call) {
    Instant before = Instant.now();
    Response answer = call.get();
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isEqualTo("5");
    assertThat(answer.contentType()).isEqualTo("application/problem+json");
    assertThat(answer.<String>path("type")).endsWith("/unavailable");
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
  }
}
