// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.workspace.workspace;

import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Subject;
import dev.cofferdam.edge.Access;
import dev.cofferdam.edge.AdmitCaller;
import dev.cofferdam.edge.RequestBody;
import dev.cofferdam.edge.Subjects;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Session-service asks here for the wrapping token of a session that it opens. */
@Path("/internal/grants")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@AdmitCaller("session")
@RunOnVirtualThread
public class GrantResource {
  private final Workspaces workspaces;

  GrantResource(Workspaces workspaces) {
    this.workspaces = workspaces;
  }

  /**
   * Whose session it is to be, with their role and, for a program, its scopes: it is decided here,
   * where the workspace's owner is known.
   */
  public record GrantRequest(
      @Nullable String workspaceId,
      @Nullable String sessionId,
      @Nullable String userId,
      @Nullable String role,
      @Nullable String scope) {}

  /** The token is good once and for half a minute; it is not stored and not logged. */
  public record GrantAnswer(String wrappingToken, String creationPath, boolean firstOpen) {
    @Override
    public String toString() {
      return "GrantAnswer[" + creationPath + "]";
    }
  }

  @POST
  @APIResponse(responseCode = "200", description = "A token for the key, good once")
  @APIResponse(
      responseCode = "404",
      description = "There is no such workspace for this person (not-found)")
  @APIResponse(
      responseCode = "409",
      description = "This session was given its key already (already-granted)")
  public GrantAnswer grant(@Nullable GrantRequest body) {
    GrantRequest request = RequestBody.require(body);
    String workspace = request.workspaceId() == null ? "" : request.workspaceId();
    SessionId session = session(request.sessionId());
    Subject asking = asking(request);
    Access access = new Access(() -> asking);
    Workspaces.Grant grant =
        workspaces.grant(
            access.require(
                Action.SESSION_OPEN,
                workspaces.find(WorkspaceResource.id(workspace)),
                Workspace::resource),
            session);
    return new GrantAnswer(grant.token().token(), grant.token().creationPath(), grant.firstOpen());
  }

  private static Subject asking(GrantRequest request) {
    UserId user = user(request.userId());
    try {
      return Subjects.of(user, request.role() == null ? "" : request.role(), request.scope());
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.badField("role", "a role, and scopes that there are"), e);
    }
  }

  private static SessionId session(@Nullable String text) {
    try {
      return SessionId.parse(text == null ? "" : text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.badField("sessionId", "a session's id"), e);
    }
  }

  private static UserId user(@Nullable String text) {
    try {
      return UserId.parse(text == null ? "" : text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.badField("userId", "a user's id"), e);
    }
  }
}
