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

/** Tries of one network at one account. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
@TestProfile(AccountLimitIT.BehindAProxy.class)
class AccountLimitIT {
  private static final String HOME = "192.0.2.7";
  private static final String ELSEWHERE = "203.0.113.9";
  private static final String THIRD = "198.51.100.3";
  private static final String WAITS = "waits";

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
        .on(
            "POST",
            "/internal/ssh-key/challenges",
            call ->
                call.body().path("name").asText().startsWith(WAITS)
                    ? Reply.problem(429, "too-many-tries").with("Retry-After", "17")
                    : new Reply(201, challenge()));
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

  /** It counts what failed at an account, for all gateways. */
  @Test
  void whoHasToWaitAtAnAccountIsToldWhatAuthServiceSays() {
    HttpResponse<String> answer = ask(ELSEWHERE, WAITS + System.nanoTime());
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(TestBrowser.slug(answer)).isEqualTo("too-many-tries");
    assertThat(answer.headers().firstValue("retry-after")).contains("17");
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
