// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth;

import static io.restassured.RestAssured.given;

import dev.cofferdam.testkit.Servers;
import io.restassured.response.Response;
import java.util.Map;

/** A part that calls auth-service with the credential that it was handed. */
public final class Caller {
  private final String credential;

  private Caller(String credential) {
    this.credential = credential;
  }

  public static Caller of(Servers servers, String name) {
    return new Caller(servers.credential(name));
  }

  public static Caller showing(String credential) {
    return new Caller(credential);
  }

  public Response post(String path, Map<String, ?> body) {
    return given()
        .header("Authorization", "Bearer " + credential)
        .contentType("application/json")
        .body(body)
        .post(path);
  }

  public Response postText(String path, String contentType, String body) {
    return given()
        .header("Authorization", "Bearer " + credential)
        .contentType(contentType)
        .body(body)
        .post(path);
  }

  /** As the stack: a fresh link's token. */
  public String newLink() {
    return post("/internal/links", Map.of()).then().statusCode(201).extract().path("token");
  }

  /** As the gateway. */
  public Response signIn(String linkToken) {
    return post(
        "/internal/sign-ins",
        Map.of("linkToken", linkToken, "userAgent", "test", "address", "127.0.0.1"));
  }

  /** As the gateway. */
  public Response token(String secret, String audience) {
    return post("/internal/tokens", Map.of("secret", secret, "audience", audience));
  }
}
