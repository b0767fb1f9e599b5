// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.gateway.stage.TestBrowser;
import dev.cofferdam.identity.WorkspaceId;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A person of its own at a gateway, with a workspace. */
abstract class OwnersSession {
  static final Duration SOON = Duration.ofSeconds(10);

  @Inject OpenSessions openSessions;
  Stage stage;
  TestBrowser owner;
  String workspace;
  WorkspaceId workspaceId;

  @BeforeEach
  void signIn() {
    owner = stage.newBrowser();
    workspace = stage.workspaceOf(owner.user());
    workspaceId = WorkspaceId.parse(workspace);
  }

  @AfterEach
  void asItWas() {
    stage.host().prepare(agent -> {});
    stage.host().refuseStarts("");
    stage.auth().setDown(false);
    stage.sessions().setDown(false);
    stage.sessions().setHanging(false);
  }

  static String problem(List<JsonNode> lines) {
    String type = lines.getLast().path("problem").path("type").asText();
    return type.substring(type.lastIndexOf('/') + 1);
  }

  HttpResponse<String> lock(String session) {
    return owner.post("/api/sessions/" + session + "/lock", "{}");
  }

  String boxOf(String session) {
    for (JsonNode one : TestBrowser.json(owner.get("/api/sessions").body())) {
      if (one.path("id").asText().equals(session)) {
        return one.path("sandboxId").asText();
      }
    }
    throw new AssertionError("no such session");
  }
}
