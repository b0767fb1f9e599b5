// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.gateway.stage.TestBrowser;
import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.SessionId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What owners and admins see of the open sessions of others, and do with them. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
class OversightIT {
  @Inject OpenSessions openSessions;
  Stage stage;

  private static List<String> open(TestBrowser who) {
    List<String> ids = new ArrayList<>();
    TestBrowser.json(who.get("/api/open-sessions").body())
        .forEach(session -> ids.add(session.path("id").asText()));
    return ids;
  }

  private static JsonNode lock(TestBrowser who, String session) {
    HttpResponse<String> answer = who.post("/api/sessions/" + session + "/lock", "{}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return TestBrowser.json(answer.body());
  }

  @Test
  void anAdminLocksWhatSomebodyElseOpenedAndTheReasonSaysSo() {
    TestBrowser member = stage.browserOf(Role.MEMBER);
    TestBrowser admin = stage.browserOf(Role.ADMIN);
    String session = member.open(stage.workspaceOf(member.user()));

    assertThat(open(admin)).contains(session);
    JsonNode locked = lock(admin, session);
    assertThat(locked.path("reason").asText()).isEqualTo("admin");
    assertThat(open(admin)).doesNotContain(session);
    for (String field : List.of("workspaceId", "sandboxId", "signInId")) {
      assertThat(locked.path(field).isNull()).as(field).isTrue();
    }
    assertThat(stage.sessions().callsTo("/internal/sessions/" + session + "/locked"))
        .anySatisfy(call -> assertThat(call.body().path("by").asText()).isEqualTo(idOf(admin)));
  }

  private static String idOf(TestBrowser who) {
    return TestBrowser.json(who.get("/api/me").body()).path("user").path("id").asText();
  }

  @Test
  void anAdminLocksAlsoWhatThisGatewayDoesNotLookAfterYet() {
    TestBrowser member = stage.browserOf(Role.MEMBER);
    TestBrowser admin = stage.browserOf(Role.ADMIN);
    String session = member.open(stage.workspaceOf(member.user()));
    openSessions.claim(SessionId.parse(session));

    assertThat(open(admin)).contains(session);
    assertThat(lock(admin, session).path("reason").asText()).isEqualTo("admin");
  }

  @Test
  void anAdminIsToldWhoseWithWhatFromWhereAndSinceWhenAndNoMore() {
    TestBrowser member = stage.browserOf(Role.MEMBER);
    String session = member.open(stage.workspaceOf(member.user()));
    JsonNode all = TestBrowser.json(stage.browserOf(Role.ADMIN).get("/api/open-sessions").body());
    assertThat(all).isNotEmpty();
    for (JsonNode one : all) {
      assertThat(one.fieldNames())
          .toIterable()
          .containsOnly("id", "userId", "method", "credential", "address", "state", "openedAt");
    }
    JsonNode mine =
        all.valueStream()
            .filter(s -> session.equals(s.path("id").asText()))
            .findFirst()
            .orElseThrow();
    assertThat(mine.path("method").asText()).isEqualTo("ssh-key");
    assertThat(mine.path("credential").asText()).isEqualTo("SHA256:of-a-test");
    assertThat(mine.path("address").asText()).isIn("127.0.0.1", "0:0:0:0:0:0:0:1");
  }

  @Test
  void nobodyIsBelievedWhereTheySayThatTheyAre() {
    TestBrowser member = stage.browserOf(Role.MEMBER);
    String workspace = stage.workspaceOf(member.user());
    HttpResponse<String> answer =
        member.change(
            "POST",
            "/api/workspaces/" + workspace + "/unlock",
            "{}",
            request -> request.setHeader("X-Forwarded-For", "203.0.113.9"));
    assertThat(answer.body()).contains("\"session\"").doesNotContain("203.0.113.9");
    JsonNode mine = TestBrowser.json(member.get("/api/sessions").body()).path(0);
    assertThat(mine.path("credential").asText()).isEqualTo("SHA256:of-a-test");
    assertThat(mine.path("address").asText()).isIn("127.0.0.1", "0:0:0:0:0:0:0:1");
  }

  /**
   * What a stranger writes into the header goes nowhere: calls to services are the gateway's own.
   */
  @Test
  void servicesAreToldFromWhereAPersonAsks() {
    TestBrowser admin = stage.browserOf(Role.ADMIN);
    String session = admin.open(stage.workspaceOf(admin.user()));
    String path = "/sessions/" + session + "/lock";
    HttpResponse<String> answer =
        admin.change(
            "POST",
            "/api" + path,
            "{}",
            request ->
                request
                    .setHeader("Coffer-Client-Address", "203.0.113.9")
                    .setHeader("X-Forwarded-For", "203.0.113.9"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(stage.sessions().callsTo(path))
        .isNotEmpty()
        .allSatisfy(call -> assertThat(call.client()).isIn("127.0.0.1", "0:0:0:0:0:0:0:1"));
    assertThat(stage.sessions().callsTo("/internal/leases"))
        .allSatisfy(call -> assertThat(call.client()).as("asked by nobody").isEmpty());
  }

  @Test
  void whatOneLocksOneselfSaysSoToo() {
    TestBrowser admin = stage.browserOf(Role.ADMIN);
    String session = admin.open(stage.workspaceOf(admin.user()));
    assertThat(lock(admin, session).path("reason").asText()).isEqualTo("user");
  }

  @Test
  void anAdminSeesWhatEverybodyTakesOfTheDisk() {
    JsonNode all = TestBrowser.json(stage.browserOf(Role.ADMIN).get("/api/storage/people").body());
    assertThat(all.at("/0/usedBytes").asLong()).isEqualTo(1_200_000_000L);
    assertThat(all.at("/0/workspaces").asLong()).isEqualTo(3);
    assertThat(all.at("/0/userId").asText()).hasSize(36);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/open-sessions", "/api/storage/people"})
  void membersAreToldThatItIsNotForThem(String path) {
    HttpResponse<String> answer = stage.browserOf(Role.MEMBER).get(path);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
  }
}
