// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session;

import static io.restassured.RestAssured.given;

import dev.cofferdam.testkit.Servers;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;

/** What the gateway reports and asks with its own credential. */
public final class Gateway {
  private final String credential;

  public Gateway(Servers servers) {
    this(servers.credential("gateway"));
  }

  public Gateway(String credential) {
    this.credential = credential;
  }

  public Response post(String path, Object body) {
    return given()
        .header("Authorization", "Bearer " + credential)
        .contentType("application/json")
        .body(body)
        .post(path);
  }

  public Response get(String path) {
    return given().header("Authorization", "Bearer " + credential).get(path);
  }

  public Response put(String path, Object body) {
    return given()
        .header("Authorization", "Bearer " + credential)
        .contentType("application/json")
        .body(body)
        .put(path);
  }

  public Response delete(String path) {
    return given().header("Authorization", "Bearer " + credential).delete(path);
  }

  public Response opened(String session) {
    return post("/internal/sessions/" + session + "/opened", Map.of("initialised", true));
  }

  public Response failed(String session, String reason) {
    return post("/internal/sessions/" + session + "/failed", Map.of("reason", reason));
  }

  public Response locked(String session, String reason) {
    return post("/internal/sessions/" + session + "/locked", Map.of("reason", reason));
  }

  /**
   * What a person did a while ago.
   *
   * @param kind the last part of the route
   * @param address from where they had asked
   */
  public Response reportLate(String session, String kind, Object report, String address) {
    return given()
        .header("Authorization", "Bearer " + credential)
        .header("Coffer-Client-Address", address)
        .contentType("application/json")
        .body(report)
        .post("/internal/sessions/" + session + "/" + kind);
  }

  public Response renew(String session, String sandbox) {
    return post(
        "/internal/leases",
        Map.of("sandboxes", List.of(Map.of("sessionId", session, "sandboxId", sandbox))));
  }
}
