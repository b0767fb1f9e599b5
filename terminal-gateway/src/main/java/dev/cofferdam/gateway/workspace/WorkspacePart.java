// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.edge.PartClient;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.problems.ProblemException;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What workspace-service answers to a person's token. Blocks. */
@Singleton
public class WorkspacePart {
  private final PartClient part;

  WorkspacePart(
      ObjectMapper json,
      @ConfigProperty(name = "coffer.workspace.url", defaultValue = "http://127.0.0.1:1") URI url) {
    part = new PartClient("workspace-service", url, json);
  }

  List<WorkspaceAnswer> list(String bearer) {
    List<WorkspaceAnswer> all = new ArrayList<>();
    part.call("GET", "/workspaces", bearer, null).forEach(w -> all.add(WorkspaceAnswer.of(w)));
    return all;
  }

  WorkspaceAnswer create(String bearer, String name) {
    return WorkspaceAnswer.of(part.call("POST", "/workspaces", bearer, Map.of("name", name)));
  }

  /**
   * The person's own workspace.
   *
   * @throws ProblemException 404 for one that is unknown or another's
   */
  public WorkspaceAnswer require(String bearer, WorkspaceId id) {
    return WorkspaceAnswer.of(part.call("GET", "/workspaces/" + id, bearer, null));
  }

  /** Shreds its keys. */
  JsonNode delete(String bearer, WorkspaceId id, String name) {
    return part.call("DELETE", "/workspaces/" + id, bearer, Map.of("name", name));
  }
}
