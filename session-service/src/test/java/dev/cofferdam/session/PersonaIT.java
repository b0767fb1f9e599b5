// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.session.audit.HeadSigner;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TokenIssuer;
import dev.cofferdam.testkit.permission.Answered;
import dev.cofferdam.testkit.permission.PermissionTable;
import dev.cofferdam.testkit.permission.PermissionTable.Row;
import dev.cofferdam.testkit.permission.Persona;
import dev.cofferdam.testkit.permission.PersonaTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Rule Z1: every row of docs/api/permissions.md is sent as every persona. */
@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class PersonaIT {
  private static final String SERVICE = "session-service";

  Servers servers;
  TokenIssuer issuer;
  GrantDesk desk;

  @Inject HeadSigner heads;

  /** Somebody's active session, and a workspace of theirs that is not open. */
  private record Fixture(Person owner, String session, String closedWorkspace) {}

  @Test
  void eachRouteAnswersEachPersonaAsTheTableSays() {
    List<String> wrong = new ArrayList<>();
    Fixture fixture = fixture();
    heads.sign();
    for (Row row : PermissionTable.ofService(SERVICE)) {
      for (Persona persona : Persona.values()) {
        Response answer = send(row, fixture, bearer(persona, fixture, row));
        String cell = row.answers().get(persona);
        if (!Answered.as(cell, answer.statusCode())) {
          wrong.add(row.route() + " " + persona + ": " + cell + ", not " + answer.statusCode());
        }
        fixture = mayHaveChanged(row, answer) ? fixture() : fixture;
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static boolean mayHaveChanged(Row row, Response answer) {
    return !row.method().equals("GET") && answer.statusCode() < 300;
  }

  @Test
  void eachRouteBetweenPartsAdmitsItsPartOnly() {
    for (Row row : PermissionTable.ofService(SERVICE)) {
      for (String part : List.of("gateway", "session", "stack")) {
        if (row.isForParts()) {
          int status = send(row, fixture(), servers.credential(part)).statusCode();
          assertThat(status == 200 || status == 204)
              .as(row.route() + " " + part)
              .isEqualTo(row.part().equals(part));
        }
      }
    }
  }

  /** Byte for byte but for the id of the occurrence. */
  @Test
  void aForeignIdIsAnsweredLikeAnUnknownOne() {
    for (Row row : PermissionTable.ofService(SERVICE)) {
      if (row.whose().equals("its")) {
        Fixture foreign = fixture();
        String nothing = UUID.randomUUID().toString();
        Fixture unknown = new Fixture(foreign.owner(), nothing, nothing);
        for (Persona persona : List.of(Persona.ANOTHER_MEMBER, Persona.AUDITOR)) {
          String bearer = bearer(persona, foreign, row);
          assertThat(text(send(row, foreign, bearer)))
              .as(row.route() + " " + persona)
              .isEqualTo(text(send(row, unknown, bearer)));
        }
      }
    }
  }

  @Test
  void anAdminEndsASessionAndGetsNoTicketIntoIt() {
    Fixture fixture = fixture();
    String admin = issuer.token(UUID.randomUUID().toString(), SERVICE, "admin");
    Map<String, String> terminal = Map.of("action", "terminal");
    assertThat(post("/sessions/" + fixture.session() + "/tickets", admin, terminal).statusCode())
        .isEqualTo(404);
    Response locked = post("/sessions/" + fixture.session() + "/lock", admin, Map.of());
    assertThat(locked.<String>path("state")).isEqualTo("LOCKING");
    assertThat(fixture.owner().state(fixture.session())).isEqualTo("LOCKING");
  }

  @Test
  void anAdminSeesThatItIsOpenAndWhose() {
    Fixture fixture = fixture();
    String admin = issuer.token(UUID.randomUUID().toString(), SERVICE, "admin");
    assertThat(openOnes(admin)).containsEntry(fixture.session(), fixture.owner().id().toString());
    post("/sessions/" + fixture.session() + "/lock", admin, Map.of());
    post(
        "/internal/sessions/" + fixture.session() + "/locked",
        servers.credential("gateway"),
        Map.of("reason", "admin"));
    assertThat(openOnes(admin)).doesNotContainKey(fixture.session());
  }

  private static Map<String, String> openOnes(String bearer) {
    List<Map<String, String>> all = request(bearer).get("/open-sessions").jsonPath().getList("");
    return all.stream().collect(Collectors.toMap(s -> s.get("id"), s -> s.get("userId")));
  }

  private static String text(Response answer) {
    return answer.statusCode() + answer.asString().replaceAll("\"id\":\"[^\"]*\"", "");
  }

  private String bearer(Persona persona, Fixture fixture, Row row) {
    return new PersonaTokens(issuer, SERVICE)
        .bearer(persona, fixture.owner().id(), row.action())
        .orElse("");
  }

  private Fixture fixture() {
    // One that somebody was allowed to plan would let nothing open.
    request(issuer.token(UUID.randomUUID().toString(), SERVICE, "owner")).delete("/maintenance");
    Person owner = new Person(issuer);
    String session = owner.opening(desk.workspaceOf(owner.id()));
    post(
        "/internal/sessions/" + session + "/opened",
        servers.credential("gateway"),
        Map.of("initialised", true));
    return new Fixture(owner, session, desk.workspaceOf(owner.id()));
  }

  private static Response post(String path, String bearer, Map<String, ?> body) {
    return request(bearer).body(body).post(path);
  }

  private Response send(Row row, Fixture fixture, String bearer) {
    String id = row.path().startsWith("/alerts/") ? alert() : fixture.session();
    return request(bearer)
        .body(body(row, fixture))
        .request(row.method(), row.path().replace("{id}", id).replace("{seq}", "0"));
  }

  /** An open one, as the rules would have raised it. */
  private String alert() {
    String id = UUID.randomUUID().toString();
    try (Connection database = servers.postgres().attacker();
        Statement statement = database.createStatement()) {
      statement.execute(
          "insert into session.alert (id, rule, about, count, first_at, last_at, actor,"
              + " credential, address, workspace, subject, detail, told_at) values ('%s', 'event-gap', '%s',"
                  .formatted(id, id)
              + " 1, now(), now(), '', '', '', '', '', '', now())");
      return id;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static RequestSpecification request(String bearer) {
    RequestSpecification request = given().contentType("application/json");
    return bearer.isEmpty() ? request : request.header("Authorization", "Bearer " + bearer);
  }

  private static Map<String, ?> body(Row row, Fixture fixture) {
    return switch (row.route()) {
      case "POST /sessions" ->
          Map.of(
              "workspaceId", fixture.closedWorkspace(),
              "sandboxId", UUID.randomUUID().toString());
      case "POST /sessions/{id}/tickets" -> Map.of("action", "terminal");
      case "POST /emergency-stop", "POST /internal/emergency-stop" -> Map.of("stopped", false);
      case "PUT /maintenance", "PUT /internal/maintenance" -> Map.of("locksInMinutes", 60);
      case "POST /internal/leases" -> Map.of("sandboxes", List.of());
      case "POST /internal/sessions/adopt" -> Map.of("sandboxIds", List.of());
      case "POST /internal/sessions/lost" ->
          Map.of("runningSandboxIds", List.of(), "openedBefore", Instant.EPOCH.toString());
      case "POST /internal/sessions/{id}/opened" -> Map.of("initialised", true);
      case "POST /internal/sessions/{id}/failed",
          "POST /internal/sessions/{id}/locked",
          "POST /internal/sessions/{id}/ended" ->
          Map.of("reason", "user");
      default -> Map.of();
    };
  }
}
