// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.workspace;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rule Z1: every row of docs/api/permissions.md is sent as every persona. */
@QuarkusTest
@QuarkusTestResource(WorkspaceServers.class)
class PersonaIT {
  private static final String SERVICE = "workspace-service";

  Servers servers;
  TokenIssuer issuer;

  /** Somebody's workspace, made for one request. */
  private record Fixture(Person owner, String id, String name) {}

  @Test
  void eachRouteAnswersEachPersonaAsTheTableSays() {
    List<String> wrong = new ArrayList<>();
    for (Row row : PermissionTable.ofService(SERVICE)) {
      for (Persona persona : Persona.values()) {
        Response answer = send(row, persona);
        String cell = row.answers().get(persona);
        if (!Answered.as(cell, answer.statusCode())) {
          wrong.add(row.route() + " " + persona + ": " + cell + ", not " + answer.statusCode());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void eachRouteBetweenPartsAdmitsItsPartOnly() {
    for (Row row : PermissionTable.ofService(SERVICE)) {
      for (String part : List.of("gateway", "session", "stack")) {
        if (row.isForParts()) {
          int status = send(row, fixture(), servers.credential(part)).statusCode();
          assertThat(status < 300).as(row.route() + " " + part).isEqualTo(row.part().equals(part));
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
        Fixture unknown = new Fixture(foreign.owner(), UUID.randomUUID().toString(), "x");
        for (Persona persona : List.of(Persona.ANOTHER_MEMBER, Persona.ADMIN, Persona.AUDITOR)) {
          String bearer = bearer(persona, foreign, row);
          assertThat(text(send(row, foreign, bearer)))
              .as(row.route() + " " + persona)
              .isEqualTo(text(send(row, unknown, bearer)));
        }
      }
    }
  }

  private static String text(Response answer) {
    return answer.statusCode() + answer.asString().replaceAll("\"id\":\"[^\"]*\"", "");
  }

  private Response send(Row row, Persona persona) {
    Fixture fixture = fixture();
    return send(row, fixture, bearer(persona, fixture, row));
  }

  private String bearer(Persona persona, Fixture fixture, Row row) {
    return new PersonaTokens(issuer, SERVICE)
        .bearer(persona, fixture.owner().id(), row.action())
        .orElse("");
  }

  private Fixture fixture() {
    Person owner = new Person(issuer);
    return new Fixture(owner, owner.create("mine"), "mine");
  }

  private static Response send(Row row, Fixture fixture, String bearer) {
    RequestSpecification request = given().contentType("application/json").body(body(row, fixture));
    if (!bearer.isEmpty()) {
      request.header("Authorization", "Bearer " + bearer);
    }
    return request.request(row.method(), row.path().replace("{id}", fixture.id()));
  }

  private static Map<String, String> body(Row row, Fixture fixture) {
    return switch (row.route()) {
      case "POST /workspaces" -> Map.of("name", "a new one");
      case "DELETE /workspaces/{id}" -> Map.of("name", fixture.name());
      case "POST /internal/grants" ->
          Map.of(
              "workspaceId", fixture.id(),
              "sessionId", UUID.randomUUID().toString(),
              "userId", fixture.owner().id().toString(),
              "role", "member");
      default -> Map.of();
    };
  }
}
