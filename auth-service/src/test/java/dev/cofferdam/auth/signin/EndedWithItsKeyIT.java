// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.auth.AuthServers;
import dev.cofferdam.auth.Caller;
import dev.cofferdam.auth.Somebody;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.SshHome;
import dev.cofferdam.testkit.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The event of a sign-in's end says which key had made it, whoever ends it and why. */
@QuarkusTest
@QuarkusTestResource(AuthServers.class)
class EndedWithItsKeyIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  Servers servers;
  Caller gateway;
  Somebody ada;
  Somebody owner;
  final SshHome home = new SshHome();

  @BeforeEach
  void signIn() {
    gateway = Caller.of(servers, "gateway");
    owner = Somebody.owner(servers);
    ada = Somebody.fresh(servers, "member", home);
  }

  @AfterEach
  void leaveHome() {
    home.close();
  }

  private void assertEndedWithItsKey(String reason) {
    try (TopicReader security = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      String event =
          security
              .await(
                  1,
                  SOON,
                  e ->
                      e.contains("\"type\":\"sign-in-ended\"")
                          && e.contains("\"userId\":\"" + ada.id() + "\""))
              .getFirst();
      assertThat(event)
          .contains(
              "\"reason\":\"" + reason + "\"",
              "\"method\":\"ssh-key\"",
              "\"credential\":\"" + home.fingerprint() + "\"");
    }
  }

  @Test
  void bySigningOut() {
    gateway.post("/internal/sign-outs", Map.of("secret", ada.secret()));
    assertEndedWithItsKey("signed-out");
  }

  @Test
  void fromAnotherDevice() {
    String first = gateway.token(ada.secret(), "auth-service").path("signIn");
    Somebody elsewhere = Somebody.bySshKey(servers, home, Map.of());
    assertThat(elsewhere.delete("/devices/" + first).statusCode()).isEqualTo(200);
    assertEndedWithItsKey("ended-elsewhere");
  }

  @Test
  void byAnAdmin() {
    assertThat(owner.delete("/people/" + ada.id() + "/devices").statusCode()).isEqualTo(200);
    assertEndedWithItsKey("ended-by-admin");
  }

  @Test
  void byAnotherRole() {
    assertThat(owner.patch("/people/" + ada.id(), Map.of("role", "auditor")).statusCode())
        .isEqualTo(200);
    assertEndedWithItsKey("role-changed");
  }

  @Test
  void withTheAccount() {
    assertThat(owner.patch("/people/" + ada.id(), Map.of("disabled", true)).statusCode())
        .isEqualTo(200);
    assertEndedWithItsKey("account-disabled");
  }

  @Test
  void withTheKey() {
    String key = ada.get("/ssh-keys").path("[0].id");
    assertThat(ada.delete("/ssh-keys/" + key).statusCode()).isEqualTo(204);
    assertEndedWithItsKey("key-revoked");
  }

  @Test
  void byAStolenToken() {
    String token =
        Somebody.signInProgram(servers, home, Map.of()).jsonPath().get("tokens.refreshToken");
    for (int i = 0; i < 2; i++) {
      gateway.post("/internal/refreshes", Map.of("refreshToken", token));
    }
    assertEndedWithItsKey("refresh-token-reused");
  }
}
