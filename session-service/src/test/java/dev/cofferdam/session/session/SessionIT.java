// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.session;

import static dev.cofferdam.session.Answers.badField;
import static dev.cofferdam.session.Answers.refused;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.session.Gateway;
import dev.cofferdam.session.GrantDesk;
import dev.cofferdam.session.Person;
import dev.cofferdam.session.SessionServers;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TokenIssuer;
import dev.cofferdam.testkit.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class SessionIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  Servers servers;
  TokenIssuer issuer;
  GrantDesk desk;
  Person owner;
  Person stranger;
  Gateway gateway;
  String workspace;

  @BeforeEach
  void meet() {
    owner = new Person(issuer);
    stranger = new Person(issuer);
    gateway = new Gateway(servers);
    workspace = desk.workspaceOf(owner.id());
  }

  @Test
  void goesFromOpeningToLocked() {
    String session = owner.opening(workspace);
    assertThat(owner.state(session)).isEqualTo("OPENING");
    assertThat(gateway.opened(session).<String>path("state")).isEqualTo("ACTIVE");
    assertThat(owner.lock(session).<String>path("state")).isEqualTo("LOCKING");
    assertThat(gateway.locked(session, "user").<String>path("state")).isEqualTo("LOCKED");
    Response over = owner.get("/sessions/" + session);
    assertThat(over.<String>path("reason")).isEqualTo("user");
    assertThat(over.<String>path("lockedAt")).isNotNull();
    assertThat(owner.get("/sessions").asString()).isEqualTo("[]");
  }

  @Test
  void opensAsManyAsTheTokenSays() {
    Map<String, Object> claims = issuer.claims(owner.id().toString(), "session-service");
    claims.put("quota", "9 1 0");
    String token = issuer.signed(issuer.header(), claims);
    String session = owner.opening(workspace);
    Response second =
        given()
            .header("Authorization", "Bearer " + token)
            .contentType("application/json")
            .body(
                Map.of(
                    "workspaceId", desk.workspaceOf(owner.id()),
                    "sandboxId", UUID.randomUUID().toString()))
            .post("/sessions");
    refused(second, 409, "too-many-sessions");
    gateway.locked(session, "user");
    owner.opening(desk.workspaceOf(owner.id()));
  }

  @Test
  void saysWithWhatAndFromWhereItWasOpened() {
    Map<String, Object> claims = issuer.claims(owner.id().toString(), "session-service");
    claims.put("amr", List.of("ssh-key"));
    claims.put("cred", "SHA256:ab/+c");
    given()
        .header("Authorization", "Bearer " + issuer.signed(issuer.header(), claims))
        .contentType("application/json")
        .body(
            Map.of(
                "workspaceId",
                workspace,
                "sandboxId",
                UUID.randomUUID().toString(),
                "address",
                "2001:db8::7"))
        .post("/sessions")
        .then()
        .statusCode(201);
    Map<String, Object> open = owner.get("/sessions").<List<Map<String, Object>>>path("").get(0);
    assertThat(open)
        .containsEntry("method", "ssh-key")
        .containsEntry("credential", "SHA256:ab/+c")
        .containsEntry("address", "2001:db8::7");
  }

  @Test
  void isOpenedByAGatewayThatDoesNotSayFromWhere() {
    Response open = owner.get("/sessions/" + owner.opening(workspace));
    assertThat(open.<String>path("method")).isEqualTo("link");
    assertThat(open.<String>path("credential")).isEmpty();
    assertThat(open.<String>path("address")).isEmpty();
  }

  @Test
  void tellsEachStepInOrder() {
    String session = owner.opening(workspace);
    gateway.opened(session);
    owner.lock(session);
    gateway.locked(session, "user");
    try (TopicReader news = new TopicReader(servers.kafka(), "coffer.session.v1")) {
      List<String> events = news.await(4, SOON, event -> event.contains(session));
      List<String> types =
          List.of("session-opening", "session-opened", "session-locking", "session-locked");
      for (int i = 0; i < types.size(); i++) {
        assertThat(events.get(i)).contains(types.get(i), "\"sequence\":" + (i + 1));
      }
      assertThat(events.get(3)).contains("\"reason\":\"user\"");
      assertThat(events).noneMatch(event -> event.contains("s." + workspace.replace("-", "")));
    }
  }

  @Test
  void isWarnedAndActiveAgain() {
    String session = owner.opening(workspace);
    assertThat(warn(session, 60).<String>path("state")).as("not open yet").isEqualTo("OPENING");
    gateway.opened(session);
    Instant locksAt = Instant.parse(warn(session, 60).path("locksAt"));
    assertThat(locksAt).isBetween(Instant.now(), Instant.now().plusSeconds(60));
    assertThat(owner.state(session)).isEqualTo("WARNED");
    assertThat(warn(session, 5).<String>path("locksAt")).isEqualTo(locksAt.toString());
    assertThat(owner.terminalTicket(session).statusCode()).isEqualTo(200);
    assertThat(owner.open(workspace, UUID.randomUUID().toString()).statusCode()).isEqualTo(409);
    Response resumed = resume(session);
    assertThat(resumed.<String>path("state")).isEqualTo("ACTIVE");
    assertThat(resumed.<String>path("locksAt")).isNull();
    warn(session, 60);
    assertThat(gateway.locked(session, "idle").<String>path("state")).isEqualTo("LOCKED");
    assertThat(resume(session).<String>path("state")).isEqualTo("LOCKED");
    assertThat(warn(session, 60).<String>path("state")).isEqualTo("LOCKED");
    try (TopicReader news = new TopicReader(servers.kafka(), "coffer.session.v1")) {
      List<String> events = news.await(6, SOON, event -> event.contains(session));
      assertThat(events.get(2)).contains("session-warned", "\"locksAt\":\"" + locksAt + "\"");
      assertThat(events.get(3)).contains("session-resumed", "\"sequence\":4");
      assertThat(events.get(4)).contains("session-warned");
      assertThat(events.get(5)).contains("session-locked");
    }
  }

  private Response warn(String session, int secondsLeft) {
    return gateway.post(
        "/internal/sessions/" + session + "/warned", Map.of("secondsLeft", secondsLeft));
  }

  private Response resume(String session) {
    return gateway.post("/internal/sessions/" + session + "/resumed", Map.of());
  }

  @Test
  void stepsThatAreNotDrawnChangeNothing() {
    String session = owner.opening(workspace);
    gateway.opened(session);
    gateway.opened(session);
    gateway.locked(session, "idle");
    assertThat(gateway.opened(session).<String>path("state")).isEqualTo("LOCKED");
    assertThat(gateway.locked(session, "other").<String>path("reason")).isEqualTo("idle");
    Response lock = owner.lock(session);
    assertThat(lock.<String>path("state")).isEqualTo("LOCKED");
    assertThat(lock.<String>path("lockTicket")).isNull();
    try (TopicReader news = new TopicReader(servers.kafka(), "coffer.session.v1")) {
      assertThat(news.await(3, SOON, event -> event.contains(session))).hasSize(3);
    }
  }

  @Test
  void aSandboxHasOneSession() {
    String sandbox = UUID.randomUUID().toString();
    assertThat(owner.open(workspace, sandbox).statusCode()).isEqualTo(201);
    assertThat(owner.open(desk.workspaceOf(owner.id()), sandbox).statusCode()).isEqualTo(409);
  }

  @Test
  void aStrangersWorkspaceIsAsIfItWereNotThere() {
    String unknown = UUID.randomUUID().toString();
    Response foreign = stranger.open(workspace);
    refused(foreign, 404, "not-found");
    assertThat(stranger.open(unknown).<String>path("title")).isEqualTo(foreign.path("title"));
    String session = owner.opening(workspace);
    refused(stranger.open(workspace), 404, "not-found");
    gateway.opened(session);
    try (TopicReader news = new TopicReader(servers.kafka(), "coffer.session.v1")) {
      assertThat(news.await(2, SOON, event -> event.contains(workspace)))
          .noneMatch(event -> event.contains(stranger.id().toString()));
    }
  }

  @Test
  void aForeignSessionIsAnsweredLikeAnUnknownOne() {
    String session = owner.opening(workspace);
    gateway.opened(session);
    for (String id : List.of(session, UUID.randomUUID().toString(), "x", session.toUpperCase())) {
      for (Response answer :
          List.of(
              stranger.get("/sessions/" + id), stranger.lock(id), stranger.terminalTicket(id))) {
        refused(answer, 404, "not-found");
        assertThat(answer.<String>path("title")).isEqualTo("There is no such session");
      }
    }
    assertThat(owner.state(session)).isEqualTo("ACTIVE");
    assertThat(stranger.get("/sessions").asString()).isEqualTo("[]");
    refused(gateway.opened(UUID.randomUUID().toString()), 404, "not-found");
    refused(gateway.locked("x", "user"), 404, "not-found");
  }

  @Test
  void nobodyIsLetInWithoutAToken() {
    String session = owner.opening(workspace);
    for (String path : List.of("/sessions", "/sessions/" + session)) {
      refused(given().get(path), 401, "signed-out");
    }
    for (String path :
        List.of(
            "/sessions", "/sessions/" + session + "/lock", "/sessions/" + session + "/tickets")) {
      refused(given().contentType("application/json").body("{}").post(path), 401, "signed-out");
    }
  }

  @Test
  void onlyTheGatewayReports() {
    String session = owner.opening(workspace);
    String token = issuer.token(owner.id().toString(), "session-service");
    List<Gateway> others =
        List.of(
            new Gateway(servers.credential("stack")),
            new Gateway(servers.credential("session")),
            new Gateway(token),
            new Gateway("x"));
    for (Gateway other : others) {
      for (String step : List.of("opened", "failed", "locked", "ended")) {
        Response answer =
            other.post("/internal/sessions/" + session + "/" + step, Map.of("reason", "user"));
        refused(answer, 403, "refused");
      }
      refused(other.post("/internal/sessions/adopt", Map.of()), 403, "refused");
      refused(other.post("/internal/sessions/lost", Map.of()), 403, "refused");
      refused(other.renew(session, UUID.randomUUID().toString()), 403, "refused");
    }
    assertThat(owner.state(session)).isEqualTo("OPENING");
  }

  @Test
  void aStolenTokenIsASecurityEvent() {
    String session = owner.opening(workspace);
    Response failed = gateway.failed(session, "token-spent");
    assertThat(failed.<String>path("state")).isEqualTo("LOCKED");
    assertThat(failed.<String>path("reason")).isEqualTo("token-spent");
    String harmless = owner.opening(workspace);
    gateway.failed(harmless, "vault-unreachable");
    String foreign = owner.opening(workspace);
    gateway.failed(foreign, "token-foreign");
    try (TopicReader security = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      List<String> events =
          security.await(
              2,
              SOON,
              event ->
                  event.contains("\"type\":\"refused\"")
                      && (event.contains(session)
                          || event.contains(harmless)
                          || event.contains(foreign)));
      // Of different sessions, so in no order.
      assertThat(events)
          .allMatch(event -> event.contains("\"what\":\"key-refused\""))
          .anyMatch(event -> event.contains(session) && event.contains("token-spent"))
          .anyMatch(event -> event.contains(foreign) && event.contains("token-foreign"))
          .noneMatch(event -> event.contains(harmless));
    }
    assertThat(owner.open(workspace).statusCode()).isEqualTo(201);
  }

  @Test
  void theGatewayFindsWhatItHadAgain() {
    String sandbox = UUID.randomUUID().toString();
    String session = owner.open(workspace, sandbox).path("sessionId");
    String unknown = UUID.randomUUID().toString();
    Response adopted =
        gateway.post("/internal/sessions/adopt", Map.of("sandboxIds", List.of(sandbox, unknown)));
    assertThat(adopted.<List<String>>path("sessions.id")).containsExactly(session);
    assertThat(adopted.<List<String>>path("sessions.sandboxId")).containsExactly(sandbox);
    gateway.locked(session, "user");
    Response later =
        gateway.post("/internal/sessions/adopt", Map.of("sandboxIds", List.of(sandbox)));
    assertThat(later.<List<String>>path("sessions")).isEmpty();
    assertThat(gateway.post("/internal/sessions/adopt", Map.of()).<List<String>>path("sessions"))
        .isEmpty();
  }

  @Test
  void aSessionWhoseSandboxNobodyHasAnyMoreEnds() {
    String kept = UUID.randomUUID().toString();
    String session = owner.open(workspace, UUID.randomUUID().toString()).path("sessionId");
    String other = owner.open(desk.workspaceOf(owner.id()), kept).path("sessionId");
    gateway.post("/internal/sessions/lost", lost(kept, Instant.now().minusSeconds(60)));
    assertThat(owner.get("/sessions/" + session).<String>path("state")).isEqualTo("OPENING");
    Response ended = gateway.post("/internal/sessions/lost", lost(kept, Instant.now()));
    assertThat(ended.<List<String>>path("ended.id")).contains(session).doesNotContain(other);
    assertThat(owner.get("/sessions/" + session).<String>path("reason")).isEqualTo("sandbox-gone");
    assertThat(owner.get("/sessions/" + other).<String>path("state")).isEqualTo("OPENING");
  }

  private static Map<String, Object> lost(String running, Instant openedBefore) {
    return Map.of("runningSandboxIds", List.of(running), "openedBefore", openedBefore.toString());
  }

  @Test
  void whatIsNoRequestIsRefusedByFieldAndRule() {
    badField(owner.open("x", UUID.randomUUID().toString()), "workspaceId");
    badField(owner.open(workspace, "x"), "sandboxId");
    badField(owner.post("/sessions", Map.of()), "workspaceId");
    badField(
        owner.post(
            "/sessions",
            Map.of("workspaceId", workspace, "sandboxId", UUID.randomUUID(), "sessionId", "mine")),
        "sessionId");
    for (String address : List.of("localhost", "192.0.2.7, 192.0.2.8", "1".repeat(46))) {
      badField(
          owner.post(
              "/sessions",
              Map.of("workspaceId", workspace, "sandboxId", UUID.randomUUID(), "address", address)),
          "address");
    }
    String session = owner.opening(workspace);
    badField(gateway.locked(session, "Not A Word!"), "reason");
    badField(gateway.post("/internal/sessions/" + session + "/locked", Map.of()), "reason");
    badField(warn(session, -1), "secondsLeft");
    badField(warn(session, 301), "secondsLeft");
    badField(owner.post("/sessions/" + session + "/tickets", Map.of("action", "open")), "action");
    List<String> many = java.util.Collections.nCopies(65, UUID.randomUUID().toString());
    badField(gateway.post("/internal/sessions/adopt", Map.of("sandboxIds", many)), "sandboxIds");
    for (String body : List.of("", "null", "[]", "{", "7")) {
      for (Response answer :
          List.of(
              owner.post("/sessions", body),
              owner.post("/sessions/" + session + "/tickets", body),
              gateway.post("/internal/sessions/" + session + "/locked", body),
              gateway.post("/internal/sessions/adopt", body),
              gateway.post("/internal/leases", body))) {
        assertThat(answer.statusCode()).as(body).isEqualTo(400);
        assertThat(answer.contentType()).as(body).isEqualTo("application/problem+json");
      }
    }
  }
}
