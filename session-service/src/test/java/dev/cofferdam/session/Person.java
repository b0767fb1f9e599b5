// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.testkit.TokenIssuer;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.UUID;

/** Somebody with an access token for session-service. */
public final class Person {
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

  /** In a fresh sandbox. */
  public Response open(String workspace) {
    return open(workspace, UUID.randomUUID().toString());
  }

  public Response open(String workspace, String sandbox) {
    return post("/sessions", Map.of("workspaceId", workspace, "sandboxId", sandbox));
  }

  /** The id of a session that is opening. */
  public String opening(String workspace) {
    Response opened = open(workspace);
    assertThat(opened.statusCode()).as(opened.asString()).isEqualTo(201);
    return opened.path("sessionId");
  }

  public Response lock(String session) {
    return request().post("/sessions/" + session + "/lock");
  }

  public Response terminalTicket(String session) {
    return post("/sessions/" + session + "/tickets", Map.of("action", "terminal"));
  }

  public String state(String session) {
    return get("/sessions/" + session).path("state");
  }

  private RequestSpecification request() {
    return given()
        .header("Authorization", "Bearer " + issuer.token(id.toString(), "session-service"))
        .contentType("application/json");
  }
}
