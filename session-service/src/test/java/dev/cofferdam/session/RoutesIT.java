// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TokenIssuer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rule Z1: every route there is, also one that is added tomorrow, refuses who may not call it. */
@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class RoutesIT {
  private static final List<String> PUBLIC = List.of();

  Servers servers;
  TokenIssuer issuer;

  @TestHTTPResource(value = "/", management = true)
  String management;

  private record Route(String method, String path) {}

  @Test
  void nobodyIsLetInWithoutACredential() throws IOException {
    for (Route route : routes()) {
      Response answer =
          given().contentType("application/json").request(route.method(), route.path());
      if (PUBLIC.contains(route.path())) {
        assertThat(answer.statusCode()).as(route.toString()).isEqualTo(200);
      } else {
        int status = route.path().startsWith("/internal/") ? 403 : 401;
        assertThat(answer.statusCode()).as(route.toString()).isEqualTo(status);
        assertThat(answer.contentType()).as(route.toString()).isEqualTo("application/problem+json");
      }
    }
  }

  @Test
  void aPersonIsNotAPart() throws IOException {
    String token = issuer.token(UUID.randomUUID().toString(), "session-service");
    for (Route route : routes()) {
      if (route.path().startsWith("/internal/")) {
        Response answer =
            given()
                .header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .request(route.method(), route.path());
        assertThat(answer.statusCode()).as(route.toString()).isEqualTo(403);
      }
    }
  }

  @Test
  void aPartIsNotAPerson() throws IOException {
    for (Route route : routes()) {
      if (!route.path().startsWith("/internal/")) {
        Response answer =
            given()
                .header("Authorization", "Bearer " + servers.credential("gateway"))
                .contentType("application/json")
                .request(route.method(), route.path());
        assertThat(answer.statusCode()).as(route.toString()).isEqualTo(401);
      }
    }
  }

  @Test
  void theManagementRoutesAreNotHere() {
    for (String path :
        List.of("/q/health", "/q/health/ready", "/q/openapi", "/q/metrics", "/q/dev")) {
      assertThat(given().get(path).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void aServerThatRunsDoesNotDescribeItself() {
    String metrics = management + "metrics";
    assertThat(given().get(metrics).statusCode()).as(metrics).isEqualTo(200);
    assertThat(given().get(management + "openapi").statusCode()).isEqualTo(404);
  }

  private static List<Route> routes() throws IOException {
    List<Route> routes = new ArrayList<>();
    JsonNode api = new ObjectMapper().readTree(Path.of("target/openapi/openapi.json").toFile());
    api.path("paths")
        .forEachEntry(
            (path, methods) ->
                methods.fieldNames().forEachRemaining(method -> routes.add(route(method, path))));
    assertThat(routes).hasSizeGreaterThan(8);
    return routes;
  }

  private static Route route(String method, String path) {
    String real = path.replaceAll("\\{[a-z]+}", UUID.randomUUID().toString());
    return new Route(method.toUpperCase(Locale.ROOT), real);
  }
}
