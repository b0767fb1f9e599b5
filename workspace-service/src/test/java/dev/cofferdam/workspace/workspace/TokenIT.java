// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.workspace.workspace;

import static dev.cofferdam.workspace.Answers.refused;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.testkit.TokenAttacks;
import dev.cofferdam.testkit.TokenIssuer;
import dev.cofferdam.workspace.WorkspaceServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Rule J1: no token is taken that auth-service did not issue for this service. */
@QuarkusTest
@QuarkusTestResource(WorkspaceServers.class)
class TokenIT {
  @Inject AskedFramework framework;
  TokenIssuer issuer;

  @Test
  void theRightOneIsTaken() {
    String user = UUID.randomUUID().toString();
    assertThat(list(issuer.token(user, "workspace-service")).statusCode()).isEqualTo(200);
  }

  @Test
  void noOtherIsTaken() {
    SoftAssertions all = new SoftAssertions();
    TokenAttacks.on(issuer, "workspace-service")
        .forEach(
            (what, token) ->
                all.assertThatCode(() -> refused(list(token), 401, "signed-out"))
                    .as(what)
                    .doesNotThrowAnyException());
    all.assertAll();
  }

  @Test
  void otherSchemesAreNotTaken() {
    String token = issuer.token(UUID.randomUUID().toString(), "workspace-service");
    for (String header :
        new String[] {"Basic " + token, token, "Bearer", "Bearer ", "Negotiate x"}) {
      refused(given().header("Authorization", header).get("/workspaces"), 401, "signed-out");
    }
    refused(given().cookie("Bearer", token).get("/workspaces"), 401, "signed-out");
    refused(given().get("/workspaces?access_token=" + token), 401, "signed-out");
  }

  @Test
  void whoIsKnownIsToldWithoutTheFramework() {
    String token = issuer.token(UUID.randomUUID().toString(), "workspace-service");
    list(token);
    int asked = framework.times();
    assertThat(list(token).statusCode()).isEqualTo(200);
    assertThat(framework.times()).isEqualTo(asked);
    assertThat(given().header("Authorization", "bearer " + token).get("/workspaces").statusCode())
        .isEqualTo(200);
    assertThat(framework.times()).isEqualTo(asked + 1);
  }

  @Test
  void whoIsKnownIsNotWhoeverComesNext() {
    String token = issuer.token(UUID.randomUUID().toString(), "workspace-service");
    list(token);
    refused(list(token.substring(0, token.length() - 5) + "AAAAA"), 401, "signed-out");
    refused(given().get("/workspaces"), 401, "signed-out");
  }

  private static Response list(String token) {
    return given().header("Authorization", "Bearer " + token).get("/workspaces");
  }
}
