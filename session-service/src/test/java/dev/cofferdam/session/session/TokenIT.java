// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.session;

import static dev.cofferdam.session.Answers.refused;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.session.SessionServers;
import dev.cofferdam.testkit.TokenAttacks;
import dev.cofferdam.testkit.TokenIssuer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Rule J1: no token is taken that auth-service did not issue for this service. */
@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class TokenIT {
  TokenIssuer issuer;

  @Test
  void theRightOneIsTaken() {
    String user = UUID.randomUUID().toString();
    assertThat(list(issuer.token(user, "session-service")).statusCode()).isEqualTo(200);
  }

  @Test
  void noOtherIsTaken() {
    SoftAssertions all = new SoftAssertions();
    TokenAttacks.on(issuer, "session-service")
        .forEach(
            (what, token) ->
                all.assertThatCode(() -> refused(list(token), 401, "signed-out"))
                    .as(what)
                    .doesNotThrowAnyException());
    all.assertAll();
  }

  @Test
  void otherSchemesAreNotTaken() {
    String token = issuer.token(UUID.randomUUID().toString(), "session-service");
    for (String header :
        new String[] {"Basic " + token, token, "Bearer", "Bearer ", "Negotiate x"}) {
      refused(given().header("Authorization", header).get("/sessions"), 401, "signed-out");
    }
    refused(given().cookie("Bearer", token).get("/sessions"), 401, "signed-out");
    refused(given().get("/sessions?access_token=" + token), 401, "signed-out");
  }

  private static Response list(String token) {
    return given().header("Authorization", "Bearer " + token).get("/sessions");
  }
}
