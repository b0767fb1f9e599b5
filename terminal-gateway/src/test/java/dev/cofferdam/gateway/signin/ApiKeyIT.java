// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.gateway.stage.TestBrowser;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.testkit.Eventually;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A program shows its key instead of a cookie, and nobody can use one through a browser. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
class ApiKeyIT {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String NEW = "{\"name\":\"by a program\"}";

  Stage stage;
  @Inject Revocations revocations;
  String user;
  String key;

  @BeforeEach
  void makeKey() {
    user = UUID.randomUUID().toString();
    key = stage.apiKeyOf(user);
  }

  @Test
  void opensWhatItIsForWithoutACookieOrAnOrigin() {
    String workspace = stage.workspaceOf(user);
    assertThat(get("/api/workspaces").body()).contains(workspace);
    assertThat(get("/api/me").body()).contains(user);
    assertThat(post(NEW, r -> r).statusCode()).isEqualTo(201);
  }

  @Test
  void isRefusedWhenItIsUnknownOrInAnotherForm() {
    for (String header :
        List.of(
            "Bearer " + key.substring(0, 55) + "1",
            "bearer " + key,
            "Bearer  " + key,
            "Basic " + key,
            "Bearer " + user + "/workspace-service",
            "Bearer",
            key)) {
      HttpResponse<String> answer =
          send(request("/api/workspaces").header("Authorization", header));
      assertThat(answer.statusCode()).as(header).isEqualTo(401);
      assertThat(TestBrowser.slug(answer)).isEqualTo("signed-out");
    }
  }

  @Test
  void isRefusedFromAPage() {
    for (String origin : List.of(stage.origin(), "https://elsewhere.example", "null")) {
      HttpResponse<String> answer = post(NEW, r -> r.header("Origin", origin));
      assertThat(answer.statusCode()).as(origin).isEqualTo(403);
      assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
    }
    assertThat(post(NEW, r -> r.header("Sec-Fetch-Site", "cross-site")).statusCode())
        .isEqualTo(403);
  }

  @Test
  void isNotSignedOut() {
    assertThat(send(withKey("/api/sign-out", "{}")).statusCode()).isEqualTo(204);
    assertThat(get("/api/workspaces").statusCode()).isEqualTo(200);
  }

  @Test
  void isNotMixedWithACookie() {
    TestBrowser browser = stage.newBrowser();
    HttpResponse<String> answer = post(NEW, r -> r.header("Cookie", browser.cookie()));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(TestBrowser.slug(answer)).isEqualTo("two-credentials");
    HttpResponse<String> read =
        send(
            request("/api/workspaces")
                .header("Authorization", "Bearer " + key)
                .header("Cookie", browser.cookie()));
    assertThat(read.statusCode()).isEqualTo(400);
  }

  @Test
  void worksAgainOnceItsAccountIsSwitchedOnAgain() {
    assertThat(get("/api/me").statusCode()).isEqualTo(200);
    stage.switchOff(user);
    revocations.take(changed("disabled"));
    assertThat(get("/api/me").statusCode()).isEqualTo(401);
    assertThat(get("/api/me").statusCode()).as("and stays so").isEqualTo(401);
    stage.switchOn(user);
    assertThat(get("/api/me").statusCode()).isEqualTo(200);
  }

  @Test
  void worksAgainAlsoIfAuthServiceWasAskedMeanwhile() {
    String workspace = stage.workspaceOf(user);
    String session = session(send(withKey("/api/workspaces/" + workspace + "/unlock", "{}")));
    stage.switchOff(user);
    Eventually.within(Duration.ofSeconds(10))
        .until("what it opened locks", () -> stage.stateOf(session).equals("LOCKED"));
    stage.switchOn(user);
    assertThat(get("/api/me").statusCode()).isEqualTo(200);
    String again = session(send(withKey("/api/workspaces/" + workspace + "/unlock", "{}")));
    assertThat(stage.stateOf(again)).isEqualTo("ACTIVE");
  }

  private SecurityEvent changed(String what) {
    return new SecurityEvent.AccountChanged(
        UUID.randomUUID(), Instant.now(), UserId.parse(user), UserId.random(), what);
  }

  private static String session(HttpResponse<String> unlocked) {
    String last = unlocked.body().strip().lines().toList().getLast();
    return TestBrowser.json(last).path("session").path("id").asText();
  }

  private HttpRequest.Builder withKey(String path, String body) {
    return request(path)
        .header("Authorization", "Bearer " + key)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private HttpResponse<String> get(String path) {
    return send(request(path).header("Authorization", "Bearer " + key));
  }

  private HttpResponse<String> post(String body, UnaryOperator<HttpRequest.Builder> twist) {
    return send(twist.apply(withKey("/api/workspaces", body)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(stage.origin() + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
