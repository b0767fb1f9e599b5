// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.sshkey;

import static dev.cofferdam.auth.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.auth.AuthServers;
import dev.cofferdam.auth.Somebody;
import dev.cofferdam.testkit.Servers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A hardware key is registered, and signs in only while somebody touches it. */
@QuarkusTest
@QuarkusTestResource(AuthServers.class)
class SecurityKeyIT {
  Servers servers;
  SoftwareSecurityKey key;
  String name;

  @BeforeEach
  void register() throws Exception {
    key = new SoftwareSecurityKey();
    name = "hardware-" + UUID.randomUUID().toString().substring(0, 8);
    Response added =
        Somebody.owner(servers)
            .post("/people", Map.of("name", name, "role", "member", "publicKey", key.publicKey()));
    assertThat(added.statusCode()).as(added.asString()).isEqualTo(201);
  }

  private Response signIn(int flags) throws Exception {
    Response challenge = Somebody.challenge(servers, Map.of("name", name));
    String signature = key.sign(challenge.path("text"), challenge.path("namespace"), flags);
    return Somebody.answer(servers, challenge.path("id"), signature);
  }

  @Test
  void signsInWhoTouchesIt() throws Exception {
    Response signedIn = signIn(SoftwareSecurityKey.TOUCHED);
    assertThat(signedIn.statusCode()).as(signedIn.asString()).isEqualTo(201);
    assertThat(signedIn.<String>path("user.name")).isEqualTo(name);
  }

  @Test
  void isRefusedWithoutATouch() throws Exception {
    refused(signIn(0), 401, "key-not-registered");
  }
}
