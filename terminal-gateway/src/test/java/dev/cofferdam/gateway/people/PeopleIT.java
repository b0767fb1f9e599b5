// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.gateway.stage.PartStandIn.Call;
import dev.cofferdam.gateway.stage.PartStandIn.Reply;
import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.gateway.stage.TestBrowser;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What passes between pages and auth-service; what auth-service decides is tested there. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
class PeopleIT {
  private static final String ID = UUID.randomUUID().toString();
  private static final String OTHER = UUID.randomUUID().toString();
  private static final String SECRET = "S".repeat(43);

  Stage stage;
  // The stage outlives a test, and what answers first answers always.
  private static final List<Call> calls = new CopyOnWriteArrayList<>();

  @BeforeEach
  void play() {
    calls.clear();
    answer("GET", "/ssh-keys", 200, List.of(key()));
    answer("POST", "/ssh-keys", 201, key());
    answer("POST", "/ssh-keys/challenges", 201, challenge());
    answer("POST", "/internal/invitations/challenges", 201, challenge());
    answer("DELETE", "/ssh-keys/" + ID, 204, null);
    answer("GET", "/people", 200, List.of(person()));
    answer("POST", "/people", 201, person());
    answer("PATCH", "/people/" + ID, 200, person());
    answer("GET", "/people/" + ID + "/ssh-keys", 200, List.of(key()));
    answer("POST", "/people/" + ID + "/ssh-keys", 201, key());
    answer("DELETE", "/people/" + ID + "/ssh-keys/" + OTHER, 204, null);
    answer("GET", "/invitations", 200, List.of(invitation(null)));
    answer("POST", "/invitations", 201, invitation("T".repeat(43)));
    answer("DELETE", "/invitations/" + ID, 204, null);
    answer("POST", "/internal/ssh-key/challenges", 201, challenge());
    answer(
        "POST",
        "/internal/ssh-key/sign-ins",
        201,
        Map.of("browserSession", Map.of("id", ID, "secret", SECRET), "user", user()));
    answer(
        "POST",
        "/internal/invitations/acceptances",
        201,
        Map.of("user", user(), "fingerprint", "SHA256:x"));
  }

  private void answer(String method, String path, int status, Object body) {
    stage
        .auth()
        .on(
            method,
            path,
            call -> {
              calls.add(call);
              return new Reply(status, body);
            });
  }

  private static Map<String, Object> key() {
    Map<String, Object> key = new HashMap<>();
    key.put("id", ID);
    key.put("name", "laptop");
    key.put("fingerprint", "SHA256:x");
    key.put("type", "ssh-ed25519");
    key.put("createdAt", "2026-11-25T14:00:00Z");
    key.put("lastUsedAt", null);
    key.put("provenAt", null);
    return key;
  }

  private static Map<String, Object> person() {
    return Map.of(
        "id",
        ID,
        "name",
        "ada",
        "role",
        "member",
        "disabled",
        false,
        "createdAt",
        "2026-11-25T14:00:00Z",
        "quotas",
        Map.of("workspaces", 1, "openSessions", 2, "bytes", 5_000_000_000L));
  }

  private static Map<String, Object> invitation(String token) {
    Map<String, Object> invitation = new HashMap<>();
    invitation.put("id", ID);
    invitation.put("role", "member");
    invitation.put("name", null);
    invitation.put("createdAt", "2026-11-25T14:00:00Z");
    invitation.put("expiresAt", "2026-12-02T14:00:00Z");
    invitation.put("token", token);
    return invitation;
  }

  private static Map<String, Object> challenge() {
    return Map.of(
        "id", ID,
        "text", "Sign in to Cofferdam",
        "namespace", "coffer-login-v1@localhost",
        "command", "printf '%s'",
        "expiresAt", "2026-11-25T14:01:00Z");
  }

  private static Map<String, Object> user() {
    return Map.of("id", ID, "name", "ada", "role", "member");
  }

  private static JsonNode json(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return TestBrowser.json(answer.body());
  }

  @Test
  void asksInTheNameOfTheVisitor() {
    String user = UUID.randomUUID().toString();
    TestBrowser browser = stage.browserOf(user);
    JsonNode keys = json(browser.get("/api/ssh-keys"), 200);
    assertThat(keys.path(0).fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "id", "name", "fingerprint", "type", "createdAt", "lastUsedAt", "provenAt");
    json(browser.post("/api/ssh-keys/challenges", "{}"), 201);
    json(
        browser.post("/api/ssh-keys", "{\"name\":\"a\",\"challengeId\":\"c\",\"signature\":\"s\"}"),
        201);
    assertThat(browser.delete("/api/ssh-keys/" + ID, "{}").statusCode()).isEqualTo(204);
    json(browser.get("/api/people"), 200);
    json(browser.post("/api/people", "{\"name\":\"ada\",\"role\":\"member\"}"), 201);
    JsonNode changed =
        json(
            browser.change(
                "PATCH", "/api/people/" + ID, "{\"quotas\":{\"bytes\":5000000000}}", b -> b),
            200);
    assertThat(changed.at("/quotas/bytes").asLong()).isEqualTo(5_000_000_000L);
    json(browser.get("/api/people/" + ID + "/ssh-keys"), 200);
    json(browser.post("/api/people/" + ID + "/ssh-keys", "{\"publicKey\":\"b\"}"), 201);
    assertThat(browser.delete("/api/people/" + ID + "/ssh-keys/" + OTHER, "{}").statusCode())
        .isEqualTo(204);
    assertThat(calls).hasSize(10).allMatch(c -> c.bearer().startsWith(user + "/auth-service/"));
    assertThat(calls.get(6).body().path("quotas").path("bytes").asLong()).isEqualTo(5000000000L);
  }

  @Test
  void showsAnInvitationsLinkOnceOnly() {
    TestBrowser browser = stage.newBrowser();
    JsonNode sent = json(browser.post("/api/invitations", "{\"role\":\"member\"}"), 201);
    assertThat(sent.path("link").asText())
        .isEqualTo(stage.origin() + "/invitation#" + "T".repeat(43));
    assertThat(json(browser.get("/api/invitations"), 200).path(0).has("token")).isFalse();
    assertThat(browser.delete("/api/invitations/" + ID, "{}").statusCode()).isEqualTo(204);
  }

  @Test
  void signsInBySshKeyForItsOwnOrigin() {
    TestBrowser browser = new TestBrowser(stage.origin(), ID);
    JsonNode challenge =
        json(browser.post("/api/sign-in/ssh-key/challenges", "{\"name\":\"ada\"}"), 201);
    assertThat(challenge.path("namespace").asText()).isEqualTo("coffer-login-v1@localhost");
    assertThat(calls.getLast().body().path("origin").asText()).isEqualTo(stage.origin());
    HttpResponse<String> in =
        browser.post(
            "/api/sign-in/ssh-key", "{\"challengeId\":\"" + ID + "\",\"signature\":\"s\"}");
    assertThat(in.statusCode()).isEqualTo(204);
    assertThat(in.body()).isEmpty();
    assertThat(in.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("__Host-coffer=" + SECRET + ";")
        .contains("HttpOnly", "Secure");
    assertThat(calls.getLast().body().path("address").asText()).isNotEmpty();
  }

  @Test
  void passesAnAcceptanceOn() {
    TestBrowser browser = new TestBrowser(stage.origin(), ID);
    json(browser.post("/api/sign-in/invitation/challenges", "{\"token\":\"t\"}"), 201);
    assertThat(calls.getLast().body().path("token").asText()).isEqualTo("t");
    assertThat(calls.getLast().body().path("address").asText()).isNotEmpty();
    JsonNode joined =
        json(
            browser.post(
                "/api/sign-in/invitation",
                "{\"token\":\"t\",\"name\":\"ada\",\"challengeId\":\"c\",\"signature\":\"s\"}"),
            201);
    assertThat(joined.at("/user/name").asText()).isEqualTo("ada");
    assertThat(calls.getLast().body().path("challengeId").asText()).isEqualTo("c");
    assertThat(calls.getLast().body().path("signature").asText()).isEqualTo("s");
  }

  @Test
  void passesRefusalsOnAsTheyAre() {
    String user = UUID.randomUUID().toString();
    stage.auth().on("GET", "/people/" + OTHER + "/ssh-keys", call -> Reply.problem(403, "refused"));
    HttpResponse<String> answer = stage.browserOf(user).get("/api/people/" + OTHER + "/ssh-keys");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(TestBrowser.slug(answer)).isEqualTo("refused");
  }

  @Test
  void letsNoStrangeIdIntoAPath() {
    TestBrowser browser = stage.newBrowser();
    List<Integer> statuses = new ArrayList<>();
    for (String id : List.of("x", "..%2Finternal%2Ftokens", ID.toUpperCase(), ID + "%3Fa")) {
      statuses.add(browser.delete("/api/ssh-keys/" + id, "{}").statusCode());
      statuses.add(browser.delete("/api/invitations/" + id, "{}").statusCode());
      statuses.add(browser.get("/api/people/" + id + "/ssh-keys").statusCode());
    }
    assertThat(statuses).allMatch(status -> status == 404 || status == 400);
    assertThat(calls).isEmpty();
  }

  @Test
  void refusesWhatIsNoRequest() {
    TestBrowser browser = stage.newBrowser();
    for (String path :
        List.of(
            "/api/ssh-keys",
            "/api/people",
            "/api/invitations",
            "/api/sign-in/ssh-key",
            "/api/sign-in/ssh-key/challenges",
            "/api/sign-in/invitation/challenges",
            "/api/sign-in/invitation")) {
      // Tries at signing in are counted.
      boolean counted = path.startsWith("/api/sign-in");
      for (String body :
          counted
              ? List.of("null", "{\"x\":1}")
              : List.of("", "null", "[]", "{\"x\":1}", "{\"name\":{}}", "{\"name\":7}")) {
        HttpResponse<String> answer = browser.post(path, body);
        assertThat(answer.statusCode()).as(path + " " + body).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
            .isEqualTo("application/problem+json");
      }
    }
    assertThat(calls).isEmpty();
  }

  @Test
  void answersNobodyWhoIsSignedOut() {
    TestBrowser nobody = new TestBrowser(stage.origin(), ID);
    for (String path : List.of("/api/ssh-keys", "/api/people", "/api/invitations")) {
      assertThat(nobody.get(path).statusCode()).as(path).isEqualTo(401);
    }
  }
}
