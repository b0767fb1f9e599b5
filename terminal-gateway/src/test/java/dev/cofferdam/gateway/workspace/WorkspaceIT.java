// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Scope;
import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.gateway.stage.TestBrowser;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.sandbox.protocol.HostRequest;
import dev.cofferdam.testkit.Eventually;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stage.class)
class WorkspaceIT {
  Stage stage;

  @AfterEach
  void upAgain() {
    stage.workspaces().setDown(false);
    stage.workspaces().setHanging(false);
  }

  private boolean wasDestroyed(String workspace) {
    return stage.host().requests().stream()
        .anyMatch(
            r ->
                r instanceof HostRequest.Destroy destroy
                    && destroy.workspace().equals(WorkspaceId.parse(workspace)));
  }

  @Test
  void answersAsWorkspaceServiceDoes() {
    TestBrowser browser = stage.newBrowser();
    HttpResponse<String> created = browser.post("/api/workspaces", "{\"name\":\"Mine\"}");
    assertThat(created.statusCode()).isEqualTo(201);
    JsonNode workspace = TestBrowser.json(created.body());
    assertThat(workspace.path("name").asText()).isEqualTo("Mine");
    assertThat(workspace.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "id", "name", "createdAt", "lastOpenedAt", "lastOpenedBy", "openNow", "initialised");
    assertThat(TestBrowser.json(browser.get("/api/workspaces").body()))
        .singleElement()
        .isEqualTo(workspace);
    String one = "/api/workspaces/" + workspace.path("id").asText();
    assertThat(TestBrowser.json(browser.get(one).body())).isEqualTo(workspace);
  }

  @Test
  void answersForForeignIdsAsForUnknownOnes() {
    TestBrowser owner = stage.newBrowser();
    String workspace = stage.workspaceOf(owner.user());
    TestBrowser stranger = stage.newBrowser();
    for (String id : List.of(workspace, UUID.randomUUID().toString(), "x", "%00", "..")) {
      HttpResponse<String> answer = stranger.get("/api/workspaces/" + id);
      assertThat(answer.statusCode()).as(id).isEqualTo(404);
      assertThat(stranger.post("/api/workspaces/" + id + "/warm", "{}").statusCode())
          .as(id)
          .isEqualTo(404);
      assertThat(stranger.delete("/api/workspaces/" + id, "{\"name\":\"w\"}").statusCode())
          .as(id)
          .isIn(404, 405);
    }
    assertThat(wasDestroyed(workspace)).isFalse();
    assertThat(stage.host().requests())
        .noneMatch(
            r -> r instanceof HostRequest.Warm w && w.workspace().toString().equals(workspace));
  }

  @Test
  void warmsOnesOwn() {
    TestBrowser owner = stage.newBrowser();
    String workspace = stage.workspaceOf(owner.user());
    assertThat(owner.post("/api/workspaces/" + workspace + "/warm", "{}").statusCode())
        .isEqualTo(202);
    assertThat(stage.host().requests())
        .anyMatch(
            r -> r instanceof HostRequest.Warm w && w.workspace().toString().equals(workspace));
  }

  @Test
  void removesTheCiphertextOnceTheKeysAreGone() {
    TestBrowser owner = stage.newBrowser();
    String workspace = stage.workspaceOf(owner.user());
    HttpResponse<String> answer = owner.delete("/api/workspaces/" + workspace, "{\"name\":\"w\"}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"transitKeyDeleted\":true,\"wrappedKeyDeleted\":true,\"ciphertext\":\"deleted\"}");
    assertThat(wasDestroyed(workspace)).isTrue();
  }

  @Test
  void saysThatTheCiphertextIsStillThereAndRemovesItLater() {
    TestBrowser owner = stage.newBrowser();
    String workspace = stage.workspaceOf(owner.user());
    stage.host().stop();
    try {
      HttpResponse<String> answer =
          owner.delete("/api/workspaces/" + workspace, "{\"name\":\"w\"}");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("\"ciphertext\":\"requested\"");
    } finally {
      stage.host().startAgain();
    }
    Eventually.within(Duration.ofSeconds(10))
        .until("the ciphertext is removed", () -> wasDestroyed(workspace));
    Eventually.within(Duration.ofSeconds(10)).until("forgotten", () -> !stage.isLeft(workspace));
  }

  @Test
  void removesWhatAnotherGatewayHasLeft() {
    String workspace = UUID.randomUUID().toString();
    stage.leave(workspace);
    Eventually.within(Duration.ofSeconds(10))
        .until("the ciphertext is removed", () -> wasDestroyed(workspace));
    Eventually.within(Duration.ofSeconds(10)).until("forgotten", () -> !stage.isLeft(workspace));
  }

  @Test
  void deletesNothingThatIsOpenOrMayBe() {
    TestBrowser owner = stage.newBrowser();
    String workspace = stage.workspaceOf(owner.user());
    String session = owner.open(workspace);
    HttpResponse<String> refused = owner.delete("/api/workspaces/" + workspace, "{\"name\":\"w\"}");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(TestBrowser.slug(refused)).isEqualTo("workspace-open");
    stage.sessions().setDown(true);
    try {
      assertThat(owner.delete("/api/workspaces/" + workspace, "{\"name\":\"w\"}").statusCode())
          .isEqualTo(503);
    } finally {
      stage.sessions().setDown(false);
    }
    owner.post("/api/sessions/" + session + "/lock", "{}");
    assertThat(owner.delete("/api/workspaces/" + workspace, "{\"name\":\"w\"}").statusCode())
        .isEqualTo(200);
  }

  /** With a key that may do this and nothing else, list sessions for instance. */
  private HttpResponse<String> deleteByKey(String key, String workspace) {
    return TestBrowser.send(
        new TestBrowser(stage.origin(), "nobody")
            .request("/api/workspaces/" + workspace)
            .setHeader("Authorization", "Bearer " + key)
            .setHeader("Content-Type", "application/json")
            .method("DELETE", BodyPublishers.ofString("{\"name\":\"w\"}")));
  }

  private String deletingKeyOf(String user) {
    return stage.apiKeyOf(user, Set.of(new Scope(Action.WORKSPACE_DELETE, Optional.empty())));
  }

  @Test
  void deletesNothingThatIsOpenForAKeyThatMayNotListSessions() {
    TestBrowser owner = stage.newBrowser();
    String workspace = stage.workspaceOf(owner.user());
    String key = deletingKeyOf(owner.user());
    String session = owner.open(workspace);
    HttpResponse<String> refused = deleteByKey(key, workspace);
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(TestBrowser.slug(refused)).isEqualTo("workspace-open");
    owner.post("/api/sessions/" + session + "/lock", "{}");
    assertThat(deleteByKey(key, workspace).statusCode()).isEqualTo(200);
  }

  @Test
  void deletesNothingForSuchAKeyWhileNobodyKnowsWhatIsOpen() {
    String user = UUID.randomUUID().toString();
    String workspace = stage.workspaceOf(user);
    stage.host().stop();
    try {
      assertThat(deleteByKey(deletingKeyOf(user), workspace).statusCode()).isEqualTo(503);
    } finally {
      stage.host().startAgain();
    }
    Eventually.within(Duration.ofSeconds(10))
        .until(
            "it is deleted", () -> deleteByKey(deletingKeyOf(user), workspace).statusCode() == 200);
  }

  @Test
  void tellsSuchAKeyNothingOfAForeignWorkspaceThatIsOpen() {
    TestBrowser owner = stage.newBrowser();
    String workspace = stage.workspaceOf(owner.user());
    owner.open(workspace);
    String key = deletingKeyOf(UUID.randomUUID().toString());
    assertThat(deleteByKey(key, workspace).statusCode()).isEqualTo(404);
  }

  @Test
  void saysWithinFiveSecondsThatAPartIsAway() {
    TestBrowser owner = stage.newBrowser();
    owner.get("/api/workspaces");
    stage.workspaces().setDown(true);
    HttpResponse<String> down = owner.get("/api/workspaces");
    assertThat(down.statusCode()).isEqualTo(503);
    assertThat(down.headers().firstValue("retry-after")).contains("5");
    stage.workspaces().setDown(false);
    stage.workspaces().setHanging(true);
    Instant start = Instant.now();
    assertThat(owner.get("/api/workspaces").statusCode()).isEqualTo(503);
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
  }
}
