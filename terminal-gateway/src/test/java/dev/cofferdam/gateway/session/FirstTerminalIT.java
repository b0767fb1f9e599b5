// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Scope;
import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.gateway.stage.TestBrowser;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.terminal.protocol.ControlFrame;
import dev.cofferdam.terminal.protocol.ControlFrame.Size;
import dev.cofferdam.terminal.protocol.Frame;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An unlock that begins a terminal as well, which saves whoever waits two questions. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
class FirstTerminalIT {
  Stage stage;
  private TestBrowser owner;
  private String workspace;

  @BeforeEach
  void signIn() {
    owner = stage.newBrowser();
    workspace = stage.workspaceOf(owner.user());
  }

  private HttpResponse<String> unlock(String body) {
    return owner.post("/api/workspaces/" + workspace + "/unlock", body);
  }

  private HttpResponse<String> withKey(String key, String path, String body) {
    return TestBrowser.send(
        new TestBrowser(stage.origin(), "nobody")
            .request(path)
            .setHeader("Authorization", "Bearer " + key)
            .setHeader("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private static JsonNode last(HttpResponse<String> answer) {
    return TestBrowser.json(List.of(answer.body().strip().split("\n")).getLast());
  }

  private List<Frame> orders() {
    return stage.host().agentOf(WorkspaceId.parse(workspace)).orders();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"cols\":120,\"rows\":30}; 120; 30",
        "{}; 80; 24",
        "{\"rows\":500}; 80; 500",
        "{\"cols\":1000}; 1000; 24"
      })
  void isBegunInTheSizeThatIsAskedForAndNamed(String terminal, int columns, int rows) {
    JsonNode last = last(unlock("{\"terminal\":" + terminal + "}"));
    assertThat(last.path("session").path("state").asText()).isEqualTo("ACTIVE");
    assertThat(last.path("terminal").asInt()).isEqualTo(1);
    Optional<Size> size = Optional.of(new Size(columns, rows));
    assertThat(orders()).contains(new ControlFrame.Open("open-ticket", "wrapping-token", size));
  }

  /** A key may be allowed to open workspaces and not to use terminals. */
  @Test
  void isNotBegunForAKeyThatMayUseNone() {
    Optional<WorkspaceId> all = Optional.empty();
    String key =
        stage.apiKeyOf(
            owner.user(),
            Set.of(new Scope(Action.WORKSPACE_READ, all), new Scope(Action.SESSION_OPEN, all)));
    String path = "/api/workspaces/" + workspace + "/unlock";
    HttpResponse<String> refused = withKey(key, path, "{\"terminal\":{}}");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(stage.host().hasBoxOf(WorkspaceId.parse(workspace))).isFalse();
    assertThat(last(withKey(key, path, "{}")).has("session")).isTrue();
  }

  @Test
  void isNotBegunUnasked() {
    assertThat(last(unlock("{}")).path("terminal").isInt()).isFalse();
    assertThat(orders())
        .contains(new ControlFrame.Open("open-ticket", "wrapping-token", Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"cols\":0}; cols",
        "{\"cols\":1001}; cols",
        "{\"rows\":0}; rows",
        "{\"rows\":501}; rows",
        "{\"rows\":-1}; rows",
        "{\"height\":4}; height"
      })
  void ofASizeThatNoneHasStartsNothing(String terminal, String field) {
    HttpResponse<String> answer = unlock("{\"terminal\":" + terminal + "}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(field);
    assertThat(stage.host().hasBoxOf(WorkspaceId.parse(workspace))).isFalse();
  }
}
