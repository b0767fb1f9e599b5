// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.gateway.stage.PartStandIn.Reply;
import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.gateway.stage.TestBrowser;
import dev.cofferdam.identity.Role;
import dev.cofferdam.terminal.protocol.ClientFrame;
import dev.cofferdam.testkit.Eventually;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A program of one's own, signed in with one's SSH key, does what its person does in a browser. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
class AccessTokenIT {
  Stage stage;
  @Inject Vertx vertx;

  private String user;
  private String token;
  private String workspace;

  @BeforeEach
  void signIn() {
    user = UUID.randomUUID().toString();
    stage.become(user, Role.MEMBER);
    token = stage.accessTokenOf(user);
    workspace = stage.workspaceOf(user);
  }

  private HttpRequest.Builder request(String path) {
    return new TestBrowser(stage.origin(), user)
        .request(path)
        .setHeader("Authorization", "Bearer " + token)
        .setHeader("Content-Type", "application/json");
  }

  private HttpResponse<String> get(String path) {
    return TestBrowser.send(request(path));
  }

  private HttpResponse<String> post(String path) {
    return TestBrowser.send(request(path).POST(BodyPublishers.ofString("{}")));
  }

  private String unlock() {
    HttpResponse<String> unlocked = post("/api/workspaces/" + workspace + "/unlock");
    assertThat(unlocked.statusCode()).isEqualTo(200);
    String last = unlocked.body().strip().lines().toList().getLast();
    return TestBrowser.json(last).path("session").path("id").asText();
  }

  @Test
  void unlocksListsAndLocks() {
    String session = unlock();
    assertThat(stage.stateOf(session)).isEqualTo("ACTIVE");
    assertThat(get("/api/workspaces").body()).contains(workspace);
    assertThat(get("/api/sessions").body()).contains(session);
    assertThat(post("/api/sessions/" + session + "/lock").statusCode()).isEqualTo(200);
    assertThat(stage.stateOf(session)).isEqualTo("LOCKED");
    assertThat(stage.reasonOf(session)).isEqualTo("user");
  }

  @Test
  void typesInATerminal() {
    String terminals = "/api/sessions/" + unlock() + "/terminals";
    String ticket = TestBrowser.json(post(terminals + "/1/tickets").body()).path("ticket").asText();
    TestView view = TestView.ofProgram(vertx, stage.origin(), token, ticket).attach();
    view.send(new ClientFrame.Input("typed".getBytes(UTF_8)));
    Eventually.within(Duration.ofSeconds(10))
        .until("an echo", () -> new String(view.output(), UTF_8).contains("typed"));
    view.close();
  }

  @Test
  void hearsOfWhatChanges() {
    HttpResponse<Stream<String>> events =
        TestBrowser.send(request("/api/events"), BodyHandlers.ofLines());
    assertThat(events.statusCode()).isEqualTo(200);
    events.body().close();
  }

  @Test
  void mayNoMoreThanItsPerson() {
    TestBrowser other = stage.browserOf(Role.MEMBER);
    String foreign = stage.workspaceOf(other.user());
    assertThat(post("/api/workspaces/" + foreign + "/unlock").statusCode()).isEqualTo(404);
    assertThat(get("/api/open-sessions").statusCode()).isEqualTo(403);
  }

  @Test
  void signsOutWithAllThatItHadOpened() {
    stage.auth().on("DELETE", "/devices/[0-9a-f-]+", call -> Reply.ok(Map.of("ended", List.of())));
    String session = unlock();
    int before = stage.auth().callsTo("/devices/[0-9a-f-]+").size();
    assertThat(post("/api/sign-out").statusCode()).isEqualTo(204);
    assertThat(stage.auth().callsTo("/devices/[0-9a-f-]+")).hasSize(before + 1);
    assertThat(get("/api/me").statusCode()).isEqualTo(401);
    Eventually.within(Duration.ofSeconds(10))
        .until("locked", () -> stage.stateOf(session).equals("LOCKED"));
  }

  @Test
  void endsNothingWhenItIsShownTooLate() {
    String session = unlock();
    stage.expireToken(token);
    assertThat(get("/api/people").statusCode()).as("asked anew for this service").isEqualTo(401);
    assertThat(stage.stateOf(session)).isEqualTo("ACTIVE");
  }
}
