// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.workspace;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TokenIssuer;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.UUID;

/** Somebody with an access token for workspace-service. */
public final class Person {
  /** From where they ask, as the gateway says. */
  public static final String ADDRESS = "192.0.2.7";

  private final UUID id = UUID.randomUUID();
  private final TokenIssuer issuer;

  public Person(TokenIssuer issuer) {
    this.issuer = issuer;
  }

  public UUID id() {
    return id;
  }

  public Response get(String path) {
    return request().get(path);
  }

  public Response post(String path, Object body) {
    return request().body(body).post(path);
  }

  public Response delete(String path, Object body) {
    return request().body(body).delete(path);
  }

  /** The id of a fresh workspace. */
  public String create(String name) {
    Response made = post("/workspaces", Map.of("name", name));
    assertThat(made.statusCode()).as(made.asString()).isEqualTo(201);
    return made.path("id");
  }

  /** As session-service asks for this person. */
  public Response grant(Servers servers, String workspace) {
    return grant(servers, workspace, UUID.randomUUID().toString());
  }

  public Response grant(Servers servers, String workspace, String session) {
    return given()
        .header("Authorization", "Bearer " + servers.credential("session"))
        .contentType("application/json")
        .body(
            Map.of(
                "workspaceId",
                workspace,
                "sessionId",
                session,
                "userId",
                id.toString(),
                "role",
                "member"))
        .post("/internal/grants");
  }

  private RequestSpecification request() {
    return given()
        .header("Authorization", "Bearer " + issuer.token(id.toString(), "workspace-service"))
        .header("Coffer-Client-Address", ADDRESS)
        .contentType("application/json");
  }
}
