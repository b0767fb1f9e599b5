// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.gateway.stage.PartStandIn.Reply;
import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.gateway.stage.TestBrowser;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is refused of SSH sign-ins makes the next tries of that network at that account slower. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
@TestProfile(AccountLimitIT.BehindAProxy.class)
class AccountLimitIT {
  private static final String HOME = "192.0.2.7";
  private static final String ELSEWHERE = "203.0.113.9";
  private static final String THIRD = "198.51.100.3";
  private static final String SIGNATURE =
      "-----BEGIN SSH SIGNATURE-----\\nx\\n-----END SSH SIGNATURE-----";

  /** The limits that the product has, and this test is a proxy that says where somebody is. */
  public static final class BehindAProxy implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "coffer.trusted-proxies", "127.0.0.1,::1",
          "coffer.sign-in.tries-in-a-minute", Integer.toString(Tries.IN_A_MINUTE),
          "coffer.sign-in.free-failures", Integer.toString(Tries.FREE_FAILURES));
    }
  }

  @Inject SignInLimits limits;

  Stage stage;

  @BeforeEach
  void playAuth() {
    stage
        .auth()
        .on("POST", "/internal/ssh-key/challenges", call -> new Reply(201, challenge()))
        .on("POST", "/internal/ssh-key/sign-ins", call -> Reply.problem(401, "key-not-registered"))
        .on(
            "POST",
            "/internal/ssh-key/program-sign-ins",
            call -> Reply.problem(401, "key-not-registered"));
    limits.ended(HOME, false);
    limits.ended(ELSEWHERE, false);
  }

  private static Map<String, Object> challenge() {
    return Map.of(
        "id",
        UUID.randomUUID().toString(),
        "text",
        "x",
        "namespace",
        "x",
        "command",
        "x",
        "expiresAt",
        "2030-01-01T00:00:00Z");
  }

  private HttpResponse<String> post(String from, String path, String body) {
    return new TestBrowser(stage.origin(), "nobody")
        .change("POST", path, body, r -> r.header("X-Forwarded-For", from));
  }

  private HttpResponse<String> ask(String from, String name) {
    return post(from, "/api/sign-in/ssh-key/challenges", "{\"name\":\"" + name + "\"}");
  }

  /** Fails once, and is as good a guest otherwise as a network can be. */
  private HttpResponse<String> fail(String from, String name) {
    return fail(from, name, "/api/sign-in/ssh-key");
  }

  private HttpResponse<String> fail(String from, String name, String path) {
    HttpResponse<String> asked = ask(from, name);
    if (asked.statusCode() != 201) {
      return asked;
    }
    String id = TestBrowser.json(asked.body()).path("id").asText();
    HttpResponse<String> answer =
        post(from, path, "{\"challengeId\":\"" + id + "\",\"signature\":\"" + SIGNATURE + "\"}");
    limits.ended(from, false);
    return answer;
  }

  @Test
  void whoIsRefusedAtAnAccountWaitsThereAndNobodyElseDoes() {
    String name = "ada" + System.nanoTime();
    HttpResponse<String> answer = fail(ELSEWHERE, name);
    for (int i = 0; i < Tries.FREE_FAILURES && answer.statusCode() == 401; i++) {
      answer = fail(ELSEWHERE, name);
    }
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(TestBrowser.slug(answer)).isEqualTo("too-many-tries");
    assertThat(answer.headers().firstValue("retry-after")).isPresent();
    assertThat(ask(ELSEWHERE, name.toUpperCase()).statusCode()).isEqualTo(429);
    assertThat(ask(ELSEWHERE, "somebody" + System.nanoTime()).statusCode()).isEqualTo(201);
    assertThat(ask(HOME, name).statusCode()).as("the person themselves").isEqualTo(201);
  }

  @Test
  void soDoesWhoTriesItAsAProgram() {
    String name = "dan" + System.nanoTime();
    HttpResponse<String> answer = fail(ELSEWHERE, name, "/api/sign-in/tokens/ssh-key");
    assertThat(answer.statusCode()).isEqualTo(401);
    for (int i = 0; i < Tries.FREE_FAILURES && answer.statusCode() == 401; i++) {
      answer = fail(ELSEWHERE, name, "/api/sign-in/tokens/ssh-key");
    }
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(ask(HOME, name).statusCode()).isEqualTo(201);
  }

  @Test
  void whoOnlyAsksDoesNotUseUpTheTriesOfOtherNetworks() {
    String name = "bob" + System.nanoTime();
    HttpResponse<String> answer = ask(THIRD, name);
    // Two come back each second that the asking takes.
    for (int i = 0; i <= 2 * Tries.IN_A_MINUTE && answer.statusCode() == 201; i++) {
      answer = ask(THIRD, name);
    }
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(ask(HOME, name).statusCode()).isEqualTo(201);
  }

  @Test
  void nothingIsRememberedOfANameThatNobodyCanHave() {
    String name = "x".repeat(101);
    assertThat(ask(THIRD, name).statusCode()).as("what auth-service says").isEqualTo(201);
    assertThat(limits.remembersAccount(name, THIRD)).isFalse();
    assertThat(ask(THIRD, "fay").statusCode()).isEqualTo(201);
    assertThat(limits.remembersAccount("fay", THIRD)).isTrue();
  }

  /** As a proxy writes it that listens for both families at once. */
  @Test
  void anAddressOfIpv4IsThatHoweverItIsWritten() {
    ask("::ffff:" + HOME, "eve");
    assertThat(
            stage.auth().callsTo("/internal/ssh-key/challenges").getLast().body().path("address"))
        .hasToString("\"" + HOME + "\"");
  }

  @Test
  void saysFromWhereSomebodyAsks() {
    ask(HOME, "cyd");
    assertThat(
            stage.auth().callsTo("/internal/ssh-key/challenges").getLast().body().path("address"))
        .hasToString("\"" + HOME + "\"");
  }
}
