// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.gateway.stage.TestBrowser;
import dev.cofferdam.secrets.SecretBytes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stage.class)
@TestProfile(LimitIT.AsShipped.class)
class LimitIT {
  /** The limits that the product has. */
  public static final class AsShipped implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "coffer.sign-in.tries-in-a-minute", Integer.toString(Tries.IN_A_MINUTE),
          "coffer.sign-in.free-failures", Integer.toString(Tries.FREE_FAILURES));
    }
  }

  @Inject SignInLimits limits;

  Stage stage;

  @AfterEach
  void forget() {
    limits.forget("127.0.0.1");
  }

  @Test
  void whoGuessesWaitsAndIsToldHowLong() {
    TestBrowser guesser = new TestBrowser(stage.origin(), "nobody");
    HttpResponse<String> answer = guesser.signIn("x".repeat(43));
    for (int i = 0; i <= Tries.FREE_FAILURES; i++) {
      answer = guesser.signIn("x".repeat(43));
    }
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(TestBrowser.slug(answer)).isEqualTo("too-many-tries");
    assertThat(answer.headers().firstValue("retry-after")).contains("1");
    assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
  }

  @Test
  void forwardedAddressesFromAnybodyAreNotBelieved() {
    TestBrowser guesser = new TestBrowser(stage.origin(), "nobody");
    HttpResponse<String> answer = null;
    for (int i = 0; i <= Tries.FREE_FAILURES + 1; i++) {
      String address = "192.0.2." + i;
      answer =
          guesser.change(
              "POST",
              "/api/sign-in",
              "{\"token\":\"" + "x".repeat(43) + "\"}",
              r -> r.header("X-Forwarded-For", address).header("Forwarded", "for=" + address));
    }
    assertThat(answer).isNotNull();
    assertThat(answer.statusCode()).isEqualTo(429);
  }

  @Test
  void whoIsSignedInGoesOnMeanwhile() {
    TestBrowser browser = stage.browserOf(UUID.randomUUID().toString());
    for (int i = 0; i <= Tries.FREE_FAILURES + 1; i++) {
      new TestBrowser(stage.origin(), "nobody").signIn("x".repeat(43));
    }
    assertThat(browser.get("/api/me").statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> logout() {
    TestBrowser provider = new TestBrowser(stage.origin(), "nobody");
    return TestBrowser.send(
        provider
            .request("/api/sign-in/providers/nobody/backchannel-logout")
            .setHeader("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("logout_token=made.up")));
  }

  /** Some of them may be true, and what a provider has said once it does not say again. */
  @Test
  void whoMakesUpLogoutTokensKeepsNobodysFromBeingHeard() {
    for (int i = 0; i <= Tries.IN_A_MINUTE; i++) {
      assertThat(logout().statusCode()).isNotEqualTo(429);
    }
    assertThat(new TestBrowser(stage.origin(), "nobody").signIn("x".repeat(43)).statusCode())
        .isNotEqualTo(429);
  }

  /** Each another one: what was refused once is not asked for again. */
  private HttpResponse<String> withAMadeUpCookie() {
    return TestBrowser.send(
        new TestBrowser(stage.origin(), "nobody")
            .request("/api/me")
            .setHeader("Cookie", "__Host-coffer=" + SecretBytes.random(32).toBase64Url()));
  }

  @Test
  void whoMakesUpCookiesWaitsAndNeighboursGoOnAndSignIn() {
    TestBrowser neighbour = stage.browserOf(UUID.randomUUID().toString());
    assertThat(neighbour.get("/api/me").statusCode()).isEqualTo(200);
    HttpResponse<String> answer = withAMadeUpCookie();
    int refused = 0;
    // One more is let through for each half second that this takes.
    while (answer.statusCode() == 401 && refused < 2 * Tries.IN_A_MINUTE) {
      refused++;
      answer = withAMadeUpCookie();
    }
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(refused).isGreaterThanOrEqualTo(Tries.IN_A_MINUTE);
    assertThat(TestBrowser.slug(answer)).isEqualTo("too-many-tries");
    assertThat(answer.headers().firstValue("retry-after")).contains("1");
    assertThat(neighbour.get("/api/workspaces").statusCode()).isEqualTo(200);
    assertThat(stage.browserOf(UUID.randomUUID().toString()).get("/api/me").statusCode())
        .isEqualTo(200);
    assertThat(ofProgram(refreshed()).statusCode()).isEqualTo(200);
  }

  private String refreshed() {
    HttpResponse<String> pair =
        new TestBrowser(stage.origin(), "nobody")
            .post("/api/sign-in/tokens", "{\"refreshToken\":\"" + UUID.randomUUID() + "\"}");
    assertThat(pair.statusCode()).isEqualTo(201);
    return TestBrowser.json(pair.body()).path("accessToken").asText();
  }

  private HttpResponse<String> ofProgram(String accessToken) {
    return TestBrowser.send(
        new TestBrowser(stage.origin(), "nobody")
            .request("/api/me")
            .setHeader("Authorization", "Bearer " + accessToken));
  }
}
