// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.edge.PartClient;
import dev.cofferdam.gateway.limit.PresentAddress;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.problems.ProblemException;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What workspace-service answers to a person's token, and to the gateway itself. Blocks. */
@Singleton
public class WorkspacePart {
  private final PartClient part;
  private final String credential;

  WorkspacePart(
      Vertx vertx,
      ObjectMapper json,
      PresentAddress client,
      @ConfigProperty(name = "coffer.workspace.url", defaultValue = "http://127.0.0.1:1")
          List<URI> urls,
      @ConfigProperty(name = "coffer.call.workspace.secret") Optional<String> credential) {
    this.credential = credential.orElse("");
    part = new PartClient(vertx, "workspace-service", urls, json, client);
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

  /** Some deleted workspaces whose ciphertext is not known to be gone. */
  List<WorkspaceId> leftovers() {
    List<WorkspaceId> some = new ArrayList<>();
    part.call("GET", "/internal/leftovers", credential, null)
        .path("workspaceIds")
        .forEach(id -> some.add(WorkspaceId.parse(id.asText())));
    return some;
  }

  /** Its ciphertext is gone. */
  void cleared(WorkspaceId id) {
    part.call("DELETE", "/internal/leftovers/" + id, credential, null);
  }
}
