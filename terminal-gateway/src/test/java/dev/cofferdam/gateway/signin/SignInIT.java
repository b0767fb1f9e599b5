// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.gateway.stage.TestBrowser;
import dev.cofferdam.testkit.Eventually;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stage.class)
class SignInIT {
  Stage stage;

  @AfterEach
  void upAgain() {
    stage.auth().setDown(false);
  }

  @Test
  void setsOneCookieThatScriptsAndOtherSitesNeverHave() {
    TestBrowser browser = new TestBrowser(stage.origin(), UUID.randomUUID().toString());
    HttpResponse<String> answer = browser.signIn(stage.link(browser.user()));
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().allValues("set-cookie"))
        .singleElement()
        .asString()
        .matches(
            "__Host-coffer=[A-Za-z0-9_-]{43}; Max-Age=43200; Path=/; Secure; HttpOnly;"
                + " SameSite=Strict");
    JsonNode me = TestBrowser.json(browser.get("/api/me").body());
    assertThat(me.path("user").path("id").asText()).isEqualTo(browser.user());
    assertThat(me.path("user").path("name").asText()).isEqualTo("owner");
    assertThat(me.path("version").asText()).isNotEmpty();
  }

  @Test
  void givesTheBrowserNoToken() {
    TestBrowser browser = stage.newBrowser();
    stage.workspaceOf(browser.user());
    for (String path : new String[] {"/api/me", "/api/workspaces", "/api/sessions"}) {
      HttpResponse<String> answer = browser.get(path);
      assertThat(answer.body() + answer.headers()).doesNotContain(browser.user() + "/");
    }
  }

  @Test
  void passesOnWhyALinkIsRefused() {
    TestBrowser browser = new TestBrowser(stage.origin(), "nobody");
    HttpResponse<String> answer = browser.signIn("x".repeat(43));
    assertThat(answer.statusCode()).isEqualTo(410);
    assertThat(TestBrowser.slug(answer)).isEqualTo("link-unknown");
    assertThat(browser.cookie()).isEmpty();
    assertThat(browser.signIn("short").statusCode()).isEqualTo(400);
  }

  @Test
  void endsTheSessionThatTheBrowserHadBefore() {
    TestBrowser browser = stage.newBrowser();
    TestBrowser old = stage.newBrowser();
    String before = old.cookie();
    old.signIn(stage.link(old.user()));
    assertThat(old.cookie()).isNotEqualTo(before);
    HttpResponse<String> fixated =
        TestBrowser.send(
            new TestBrowser(stage.origin(), "thief")
                .request("/api/me")
                .setHeader("Cookie", before)
                .GET());
    assertThat(fixated.statusCode()).isEqualTo(401);
    assertThat(old.get("/api/me").statusCode()).isEqualTo(200);
    assertThat(browser.get("/api/me").statusCode()).isEqualTo(200);
  }

  @Test
  void refusesCookiesThatNobodyGave() {
    for (String cookie :
        new String[] {
          "__Host-coffer=" + "A".repeat(43), "__Host-coffer=", "__Host-coffer=x", "coffer=1"
        }) {
      HttpResponse<String> answer =
          TestBrowser.send(
              new TestBrowser(stage.origin(), "thief")
                  .request("/api/me")
                  .setHeader("Cookie", cookie)
                  .GET());
      assertThat(answer.statusCode()).as(cookie).isEqualTo(401);
      assertThat(TestBrowser.slug(answer)).isEqualTo("signed-out");
    }
  }

  @Test
  void asksForATokenOnceAndThenUsesIt() {
    TestBrowser browser = stage.newBrowser();
    for (int i = 0; i < 5; i++) {
      browser.get("/api/workspaces");
      browser.get("/api/sessions");
      browser.get("/api/me");
    }
    String secret = browser.cookie().split("=", 2)[1];
    assertThat(stage.auth().callsTo("/internal/tokens"))
        .filteredOn(call -> call.body().path("secret").asText().equals(secret))
        .hasSize(2);
  }

  @Test
  void signsOutHereAndAtAuthService() {
    TestBrowser browser = stage.newBrowser();
    browser.get("/api/workspaces");
    HttpResponse<String> answer = browser.post("/api/sign-out", "{}");
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("set-cookie").orElseThrow())
        .startsWith("__Host-coffer=;")
        .contains("Max-Age=0");
    assertThat(answer.headers().firstValue("clear-site-data")).isPresent();
    String secret = browser.cookie().split("=", 2)[1];
    assertThat(stage.auth().callsTo("/internal/sign-outs"))
        .anyMatch(call -> call.body().path("secret").asText().equals(secret));
    assertThat(browser.get("/api/workspaces").statusCode()).isEqualTo(401);
  }

  @Test
  void isSignedOutAtOnceIfAuthServiceIsAwayWhichIsToldWhenItIsBack() {
    TestBrowser browser = stage.newBrowser();
    browser.get("/api/workspaces");
    String secret = browser.cookie().split("=", 2)[1];
    stage.auth().setDown(true);
    HttpResponse<String> answer = browser.post("/api/sign-out", "{}");
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.headers().firstValue("set-cookie").orElseThrow())
        .startsWith("__Host-coffer=;");
    assertThat(answer.headers().firstValue("clear-site-data")).isPresent();
    assertThat(browser.get("/api/workspaces").statusCode()).isEqualTo(401);
    stage.auth().setDown(false);
    Eventually.within(Duration.ofSeconds(20))
        .until(
            "auth-service heard of it",
            () ->
                stage.auth().callsTo("/internal/sign-outs").stream()
                    .anyMatch(call -> call.body().path("secret").asText().equals(secret)));
    assertThat(browser.get("/api/workspaces").statusCode()).isEqualTo(401);
  }

  @Test
  void madeUpSignOutsTakeNoPlaceOfSomebodysWhileAuthServiceIsAway() {
    TestBrowser browser = stage.newBrowser();
    browser.get("/api/workspaces");
    TestBrowser stranger = new TestBrowser(stage.origin(), "stranger");
    stage.auth().setDown(true);
    int kept = 0;
    while (signsOut(stranger, kept).statusCode() == 202) {
      kept++;
    }
    assertThat(kept).isEqualTo(SignOuts.MOST_UNKNOWN);
    assertThat(browser.post("/api/sign-out", "{}").statusCode()).isEqualTo(202);
  }

  private static HttpResponse<String> signsOut(TestBrowser stranger, int number) {
    return stranger.change(
        "POST",
        "/api/sign-out",
        "{}",
        request -> request.setHeader("Cookie", "__Host-coffer=" + "%043d".formatted(number)));
  }

  @Test
  void saysWhenAuthServiceIsAway() {
    TestBrowser browser = stage.newBrowser();
    stage.auth().setDown(true);
    HttpResponse<String> answer = browser.get("/api/me");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(TestBrowser.slug(answer)).isEqualTo("unavailable");
    assertThat(answer.headers().firstValue("retry-after")).isPresent();
  }
}
