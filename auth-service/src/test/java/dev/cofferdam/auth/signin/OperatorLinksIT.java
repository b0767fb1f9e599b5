// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.signin;

import static dev.cofferdam.auth.Answers.badField;
import static dev.cofferdam.auth.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.auth.AuthServers;
import dev.cofferdam.auth.Caller;
import dev.cofferdam.auth.Somebody;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A way back in for somebody who lost their key, from the machine itself. */
@QuarkusTest
@QuarkusTestResource(AuthServers.class)
class OperatorLinksIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  Servers servers;
  Somebody owner;
  Caller stack;
  Caller gateway;
  private final String name = "lost" + System.nanoTime();

  @BeforeEach
  void meet() {
    owner = Somebody.owner(servers);
    stack = Caller.of(servers, "stack");
    gateway = Caller.of(servers, "gateway");
  }

  private String add(String path, Map<String, String> more) {
    Map<String, String> body = new HashMap<>(more);
    body.put("name", name);
    return owner.post(path, body).then().statusCode(201).extract().path("id");
  }

  private Response link(String whose) {
    return stack.post("/internal/links", Map.of("name", whose));
  }

  @Test
  void signsInWhoIsNamedAndTellsThem() {
    String id = add("/people", Map.of("role", "member"));
    Response made = link(name.toUpperCase(Locale.ROOT));
    assertThat(made.statusCode()).isEqualTo(201);
    Response in = gateway.signIn(made.path("token"));
    assertThat(in.statusCode()).isEqualTo(201);
    assertThat(in.<String>path("user.id")).isEqualTo(id);
    refused(gateway.signIn(made.path("token")), 410, "link-spent");
    try (TopicReader security = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      assertThat(
              security
                  .await(1, SOON, e -> e.contains("\"kind\":\"link\"") && e.contains(id))
                  .getLast())
          .contains("credential-changed", id, owner.id())
          .doesNotContain(made.<String>path("token"));
    }
  }

  @Test
  void isForNobodyElse() {
    refused(link("nobody" + System.nanoTime()), 404, "not-found");
    badField(link("a\nb"), "name");
    badField(link(""), "name");
    add("/service-accounts", Map.of());
    refused(link(name), 404, "not-found");
  }

  @Test
  void isNoWayPastBeingSwitchedOff() {
    String id = add("/people", Map.of("role", "member"));
    Response earlier = link(name);
    assertThat(owner.patch("/people/" + id, Map.of("disabled", true)).statusCode()).isLessThan(300);
    refused(link(name), 403, "account-disabled");
    refused(gateway.signIn(earlier.path("token")), 403, "account-disabled");
  }
}
