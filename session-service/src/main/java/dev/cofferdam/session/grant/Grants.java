// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.grant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.decisions.Subject;
import dev.cofferdam.edge.PartClient;
import dev.cofferdam.edge.Subjects;
import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.outbox.RequestActor;
import dev.cofferdam.problems.ProblemException;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Asks workspace-service to let a sandbox have a key. */
@ApplicationScoped
public class Grants {
  private static final int SERVER_ERRORS = 500;

  private final PartClient workspaces;
  private final String credential;
  private final AskedKeys asked;

  Grants(
      Vertx vertx,
      ObjectMapper json,
      @ConfigProperty(name = "coffer.workspace.url", defaultValue = "http://127.0.0.1:1")
          List<URI> urls,
      @ConfigProperty(name = "coffer.call.workspace.secret") Optional<String> credential,
      RequestActor actors,
      AskedKeys asked) {
    this.asked = asked;
    workspaces =
        new PartClient(vertx, "workspace-service", urls, json, () -> actors.now().address());
    this.credential = credential.orElse("");
  }

  /** The token is good for one key, once; never stored, never logged. */
  public record Grant(String wrappingToken, boolean firstOpen) {
    @Override
    public String toString() {
      return "Grant[firstOpen=" + firstOpen + "]";
    }
  }

  /** Workspace-service, which knows the owner, decides whether this one may open it. */
  public Grant ask(SessionId session, WorkspaceId workspace, UserId user, Subject asking) {
    Map<String, String> request = new HashMap<>();
    request.put("workspaceId", workspace.toString());
    request.put("sessionId", session.toString());
    request.put("userId", user.toString());
    request.put("role", Subjects.role(asking).map(Role::wireName).orElse(""));
    String scope = Subjects.scope(asking);
    if (scope != null) {
      request.put("scope", scope);
    }
    asked.ask(session, workspace);
    JsonNode answer = call(session, request);
    return new Grant(answer.path("wrappingToken").asText(), answer.path("firstOpen").asBoolean());
  }

  /** Without an answer it may have been granted. */
  private JsonNode call(SessionId session, Map<String, String> request) {
    try {
      return workspaces.call("POST", "/internal/grants", credential, request);
    } catch (ProblemException e) {
      if (e.problem().status() < SERVER_ERRORS) {
        asked.refused(session);
      } else {
        asked.dropped(session);
      }
      throw e;
    }
  }
}
