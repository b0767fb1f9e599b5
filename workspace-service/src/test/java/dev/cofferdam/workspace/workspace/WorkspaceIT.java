// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.workspace.workspace;

import static dev.cofferdam.workspace.Answers.badField;
import static dev.cofferdam.workspace.Answers.refused;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TokenIssuer;
import dev.cofferdam.testkit.TopicReader;
import dev.cofferdam.workspace.Person;
import dev.cofferdam.workspace.WorkspaceServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(WorkspaceServers.class)
class WorkspaceIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  Servers servers;
  TokenIssuer issuer;
  Person owner;
  Person stranger;

  @BeforeEach
  void meet() {
    owner = new Person(issuer);
    stranger = new Person(issuer);
  }

  @Test
  void aFreshPersonHasNone() {
    assertThat(owner.get("/workspaces").asString()).isEqualTo("[]");
  }

  @Test
  void whatWasMadeIsThere() {
    Response made = owner.post("/workspaces", Map.of("name", "Füße 日本"));
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(made.<Boolean>path("openNow")).isFalse();
    assertThat(made.<Boolean>path("initialised")).isFalse();
    assertThat(made.<String>path("name")).isEqualTo("Füße 日本");
    String id = made.path("id");
    assertThat(owner.get("/workspaces/" + id).<String>path("id")).isEqualTo(id);
    assertThat(owner.get("/workspaces").<List<String>>path("id")).containsExactly(id);
    assertThat(made.asString()).doesNotContain("vault:", "wrapped");
  }

  @Test
  void makingAndDeletingAreEvents() {
    String id = owner.create("told");
    owner.delete("/workspaces/" + id, Map.of("name", "told"));
    try (TopicReader news = new TopicReader(servers.kafka(), "coffer.workspace.v1")) {
      List<String> events = news.await(2, SOON, event -> event.contains(id));
      assertThat(events.get(0)).contains("\"type\":\"workspace-created\"", "\"name\":\"told\"");
      assertThat(events.get(1)).contains("\"type\":\"workspace-deleted\"");
      assertThat(events).noneMatch(event -> event.contains("vault:"));
      assertThat(events.get(0)).contains("\"number\":1");
      assertThat(events.get(1)).contains("\"number\":2");
      assertThat(events)
          .allMatch(event -> event.contains("\"actorId\":\"" + owner.id() + "\""))
          .allMatch(event -> event.contains("\"actorAddress\":\"" + Person.ADDRESS + "\""));
    }
  }

  @Test
  void namesBreakTheRuleByField() {
    for (String name : List.of("", " a", "a/b", "a\u202Eb", "x".repeat(65))) {
      badField(owner.post("/workspaces", Map.of("name", name)), "name");
    }
    badField(owner.post("/workspaces", "{\"name\":\"half \\ud800\"}"), "name");
    badField(owner.post("/workspaces", Map.of()), "name");
    badField(owner.post("/workspaces", "{\"name\":null}"), "name");
    badField(owner.post("/workspaces", Map.of("name", Map.of())), "name");
  }

  @Test
  void makesAsManyAsTheTokenSaysAlsoAtOnce() throws Exception {
    Map<String, Object> claims = issuer.claims(owner.id().toString(), "workspace-service");
    claims.put("quota", "2 1 0");
    String token = issuer.signed(issuer.header(), claims);
    List<Callable<Integer>> makers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String name = "w" + i;
      makers.add(
          () ->
              given()
                  .header("Authorization", "Bearer " + token)
                  .contentType("application/json")
                  .body(Map.of("name", name))
                  .post("/workspaces")
                  .statusCode());
    }
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService all = Executors.newFixedThreadPool(6)) {
      for (Future<Integer> result : all.invokeAll(makers)) {
        statuses.add(result.get());
      }
    }
    assertThat(statuses).containsOnly(201, 409).filteredOn(status -> status == 201).hasSize(2);
    assertThat(owner.get("/workspaces").<List<String>>path("id")).hasSize(2);
  }

  @Test
  void aNameIsTakenOncePerOwner() {
    owner.create("twice");
    badField(owner.post("/workspaces", Map.of("name", "twice")), "name");
    stranger.create("twice");
  }

  @Test
  void ofManyWhoRaceForANameOneWins() throws Exception {
    int before = keys();
    List<Callable<Response>> racers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      racers.add(() -> owner.post("/workspaces", Map.of("name", "race")));
    }
    try (ExecutorService all = Executors.newFixedThreadPool(6)) {
      int won = 0;
      for (Future<Response> result : all.invokeAll(racers)) {
        if (result.get().statusCode() == 201) {
          won++;
        } else {
          badField(result.get(), "name");
        }
      }
      assertThat(won).isEqualTo(1);
    }
    assertThat(keys()).as("keys of those that lost are gone").isEqualTo(before + 1);
    assertThat(owner.get("/workspaces").<List<String>>path("name")).containsExactly("race");
  }

  private int keys() {
    return servers
        .vault()
        .administrator()
        .read("transit/keys?list=true")
        .data()
        .path("keys")
        .size();
  }

  @Test
  void fieldsThatThereAreNotAreRefused() {
    for (String field : List.of("id", "ownerId", "initialised", "wrappedKey", "x")) {
      badField(owner.post("/workspaces", Map.of("name", "a", field, "b")), field);
    }
    assertThat(owner.get("/workspaces").asString()).isEqualTo("[]");
  }

  @Test
  void whatIsNoJsonIsRefused() {
    for (String body :
        List.of(
            "", "null", "[]", "{", "7", "{\"name\":\"a\"}}", "{\"name\":\"a\",\"name\":\"b\"}")) {
      Response answer = owner.post("/workspaces", body);
      assertThat(answer.statusCode()).as(body).isEqualTo(400);
      assertThat(answer.contentType()).as(body).isEqualTo("application/problem+json");
    }
    Response tooLarge = owner.post("/workspaces", "{\"name\":\"" + "x".repeat(100_000) + "\"}");
    assertThat(tooLarge.statusCode()).isEqualTo(413);
  }

  @Test
  void aForeignIdIsAnsweredLikeAnUnknownOne() {
    String foreign = stranger.create("mine");
    for (String id : List.of(foreign, UUID.randomUUID().toString(), "x", foreign.toUpperCase())) {
      List<Response> answers =
          List.of(
              owner.get("/workspaces/" + id),
              owner.delete("/workspaces/" + id, Map.of("name", "mine")),
              owner.grant(servers, id));
      for (Response answer : answers) {
        refused(answer, 404, "not-found");
        assertThat(answer.<String>path("title")).isEqualTo("There is no such workspace");
        assertThat(answer.<String>path("detail")).isEqualTo("Look at the list again.");
      }
    }
    assertThat(stranger.get("/workspaces/" + foreign).statusCode()).isEqualTo(200);
    assertThat(owner.get("/workspaces").asString()).isEqualTo("[]");
  }

  @Test
  void nobodyIsLetInWithoutAToken() {
    String id = owner.create("closed");
    refused(given().get("/workspaces"), 401, "signed-out");
    refused(given().get("/workspaces/" + id), 401, "signed-out");
    refused(
        given().contentType("application/json").body("{}").post("/workspaces"), 401, "signed-out");
    refused(
        given().contentType("application/json").body("{}").delete("/workspaces/" + id),
        401,
        "signed-out");
  }

  @Test
  void onlySessionServiceAsksForGrants() {
    String id = owner.create("granted");
    for (String caller : List.of("gateway", "stack", "nobody")) {
      Response answer =
          given()
              .header("Authorization", "Bearer " + servers.credential(caller))
              .contentType("application/json")
              .body(Map.of("workspaceId", id, "userId", owner.id().toString()))
              .post("/internal/grants");
      refused(answer, 403, "refused");
    }
    String token = issuer.token(owner.id().toString(), "workspace-service");
    Response withToken =
        given()
            .header("Authorization", "Bearer " + token)
            .contentType("application/json")
            .body(Map.of("workspaceId", id, "userId", owner.id().toString()))
            .post("/internal/grants");
    refused(withToken, 403, "refused");
    assertThat(owner.grant(servers, id).statusCode()).isEqualTo(200);
  }

  @Test
  void whatIsJustBeingOpenedIsNotDeleted() {
    String id = owner.create("opening");
    owner.grant(servers, id);
    refused(owner.delete("/workspaces/" + id, Map.of("name", "opening")), 409, "workspace-open");
    assertThat(owner.grant(servers, id).statusCode()).as("nothing was done").isEqualTo(200);
  }

  @Test
  void ciphertextOfDeletedOnesIsRememberedUntilItIsGone() {
    String id = owner.create("left");
    owner.delete("/workspaces/" + id, Map.of("name", "left"));
    assertThat(leftovers()).contains(id);
    for (String each : List.of(id, id, UUID.randomUUID().toString())) {
      Response done = asGateway().delete("/internal/leftovers/" + each);
      assertThat(done.statusCode()).isEqualTo(204);
    }
    assertThat(leftovers()).doesNotContain(id);
  }

  private List<String> leftovers() {
    return asGateway().get("/internal/leftovers").path("workspaceIds");
  }

  private RequestSpecification asGateway() {
    return given().header("Authorization", "Bearer " + servers.credential("gateway"));
  }

  @Test
  void deletingAsksForTheName() {
    String id = owner.create("gone");
    for (Object wrong : List.of(Map.of("name", "Gone"), Map.of("name", "gone "), Map.of())) {
      badField(owner.delete("/workspaces/" + id, wrong), "name");
    }
    Response done = owner.delete("/workspaces/" + id, Map.of("name", "gone"));
    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(done.<Boolean>path("transitKeyDeleted")).isTrue();
    assertThat(done.<Boolean>path("wrappedKeyDeleted")).isTrue();
    refused(owner.get("/workspaces/" + id), 404, "not-found");
    refused(owner.delete("/workspaces/" + id, Map.of("name", "gone")), 404, "not-found");
    owner.create("gone");
  }
}
