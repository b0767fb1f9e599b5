// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.workspace.workspace;

import dev.cofferdam.decisions.Action;
import dev.cofferdam.edge.Access;
import dev.cofferdam.edge.AccessTokens;
import dev.cofferdam.edge.RequestBody;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Workspaces of the person whose token it is. */
@Path("/workspaces")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
public class WorkspaceResource {
  private final Workspaces workspaces;
  private final OwnList ownList;
  private final JsonWebToken token;
  private final Access access;

  WorkspaceResource(Workspaces workspaces, OwnList ownList, JsonWebToken token) {
    this.workspaces = workspaces;
    this.ownList = ownList;
    this.token = token;
    access = new Access(token);
  }

  public record Answer(
      UUID id,
      String name,
      Instant createdAt,
      @Nullable Instant lastOpenedAt,
      @Nullable UUID lastOpenedBy,
      boolean openNow,
      boolean initialised) {
    static Answer of(Workspace w) {
      return new Answer(
          w.id, w.name, w.createdAt, w.lastOpenedAt, w.lastOpenedBy, w.openNow, w.initialised);
    }

    static Answer of(OwnList.Line w) {
      return new Answer(
          w.id(),
          w.name(),
          w.createdAt(),
          w.lastOpenedAt(),
          w.lastOpenedBy(),
          w.openNow(),
          w.initialised());
    }
  }

  public record NameRequest(@Nullable String name) {}

  /** What a deletion did; the ciphertext, which nobody can read any more, is removed next. */
  public record Deletion(boolean transitKeyDeleted, boolean wrappedKeyDeleted, String ciphertext) {}

  @GET
  public List<Answer> list() {
    return access.own(Action.WORKSPACE_LIST, ownList::of, OwnList.Line::resource).stream()
        .map(Answer::of)
        .toList();
  }

  @POST
  @ResponseStatus(201)
  @APIResponseSchema(
      value = Answer.class,
      responseCode = "201",
      responseDescription = "The new workspace")
  @APIResponse(
      responseCode = "409",
      description = "There are as many as one person may have (too-many-workspaces)")
  public Answer create(@Nullable NameRequest request) {
    access.requireOwn(Action.WORKSPACE_CREATE);
    return Answer.of(
        workspaces.create(
            access.user(),
            AccessTokens.quota(token).workspaces(),
            WorkspaceName.require(RequestBody.require(request).name())));
  }

  @GET
  @Path("/{id}")
  public Answer get(@RestPath String id) {
    return Answer.of(require(Action.WORKSPACE_READ, id));
  }

  @DELETE
  @Path("/{id}")
  @APIResponse(responseCode = "200", description = "What was done")
  @APIResponse(responseCode = "409", description = "The workspace is open (workspace-open)")
  public Deletion delete(@RestPath String id, @Nullable NameRequest request) {
    Workspace workspace = require(Action.WORKSPACE_DELETE, id);
    String name = RequestBody.require(request).name();
    workspaces.delete(workspace, name == null ? "" : name);
    return new Deletion(true, true, "requested");
  }

  private Workspace require(Action action, String id) {
    return access.require(action, workspaces.find(id(id)), Workspace::resource);
  }

  static WorkspaceId id(String text) {
    try {
      return WorkspaceId.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.notFound("workspace"), e);
    }
  }
}
