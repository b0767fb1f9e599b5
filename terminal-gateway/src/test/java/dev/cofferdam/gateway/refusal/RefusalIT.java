// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.refusal;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.testkit.Eventually;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What this gateway refuses itself is told to auth-service, each kind once a minute. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
class RefusalIT {
  private static final Duration SOON = Duration.ofSeconds(15);

  Stage stage;

  private RequestSpecification ask() {
    return given().port(stage.port()).header("Host", "localhost:" + stage.port());
  }

  private List<JsonNode> told() {
    List<JsonNode> lines = new ArrayList<>();
    stage
        .auth()
        .callsTo("/internal/refusals")
        .forEach(call -> call.body().path("refusals").forEach(lines::add));
    return lines;
  }

  private JsonNode line(String what, String why) {
    Eventually.within(SOON).until(what + " " + why, () -> find(what, why).isPresent());
    return find(what, why).orElseThrow();
  }

  private Optional<JsonNode> find(String what, String why) {
    return told().stream()
        .filter(line -> line.path("what").asText().equals(what))
        .filter(line -> line.path("why").asText().equals(why))
        .findFirst();
  }

  @Test
  void anotherSitesRequestWithItsAddress() {
    ask().header("Origin", "https://elsewhere.example").get("/api/me").then().statusCode(403);

    JsonNode line = line("request-refused", "other-site");

    assertThat(line.path("address").asText()).isEqualTo("127.0.0.1");
    assertThat(line.path("id").asText()).isNotEmpty();
    assertThat(line.path("count").asInt()).isPositive();
  }

  @Test
  void anotherSitesSocketAndATicketThatIsNone() {
    socket("https://elsewhere.example");
    socket(stage.origin());

    line("request-refused", "other-site");
    assertThat(line("socket-refused", "ticket-unknown").path("address").asText())
        .isEqualTo("127.0.0.1");
  }

  private void socket(String origin) {
    ask()
        .header("Origin", origin)
        .header("Cookie", stage.browserOf("ada").cookie())
        .header("Connection", "Upgrade")
        .header("Upgrade", "websocket")
        .header("Sec-WebSocket-Version", "13")
        .header("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==")
        .header("Sec-WebSocket-Protocol", "coffer.terminal.v1")
        .get("/api/terminal?ticket=" + "t".repeat(43))
        .then()
        .statusCode(403);
  }

  @Test
  void manyOfOneKindAreOneLineWithTheirNumber() {
    for (int i = 0; i < 50; i++) {
      ask()
          .header("Host", "evil.example")
          .header("User-Agent", "x" + i)
          .get("/api/me")
          .then()
          .statusCode(421);
    }
    line("request-refused", "wrong-host");
    long lines =
        told().stream().filter(line -> line.path("why").asText().equals("wrong-host")).count();
    assertThat(lines).isLessThan(3);
  }

  @Test
  void whoShowsNothingIsToldOfNowhere() {
    ask().get("/api/me").then().statusCode(401);
    socket("https://elsewhere.example");
    line("request-refused", "other-site");
    assertThat(told()).noneMatch(line -> line.path("why").asText().equals("signed-out"));
  }
}
