// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.auth.Routes.Route;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rule Z1: every route there is, also one that is added tomorrow, refuses who may not call it. */
@QuarkusTest
@QuarkusTestResource(AuthServers.class)
class RoutesIT {
  @Test
  void nobodyIsLetInWithoutACredential() throws IOException {
    for (Route route : Routes.all()) {
      Response answer =
          given().contentType("application/json").request(route.method(), route.path());
      if (route.isPublic()) {
        assertThat(answer.statusCode()).as(route.toString()).isEqualTo(200);
      } else {
        int status = route.isForParts() ? 403 : 401;
        assertThat(answer.statusCode()).as(route.toString()).isEqualTo(status);
        assertThat(answer.contentType()).as(route.toString()).isEqualTo("application/problem+json");
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
}
