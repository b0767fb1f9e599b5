// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.gateway.door.Nothing;
import dev.cofferdam.gateway.sandbox.Sandboxes;
import dev.cofferdam.gateway.signin.Audience;
import dev.cofferdam.gateway.signin.Visitor;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Workspaces of who is signed in. */
@Path("/api/workspaces")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class WorkspaceResource {
  private final WorkspacePart workspaces;
  private final OpenWorkspaces open;
  private final Sandboxes sandboxes;
  private final Leftovers leftovers;
  private final Visitor visitor;

  WorkspaceResource(
      WorkspacePart workspaces,
      OpenWorkspaces open,
      Sandboxes sandboxes,
      Leftovers leftovers,
      Visitor visitor) {
    this.workspaces = workspaces;
    this.open = open;
    this.sandboxes = sandboxes;
    this.leftovers = leftovers;
    this.visitor = visitor;
  }

  public record NameRequest(@Nullable String name) {}

  /**
   * What a deletion did, part by part.
   *
   * @param ciphertext {@code deleted}, or {@code requested} if it is removed later: it can't be
   *     read by anybody then
   */
  public record Deletion(boolean transitKeyDeleted, boolean wrappedKeyDeleted, String ciphertext) {}

  @GET
  @Operation(summary = "All workspaces of who is signed in")
  @APIResponse(responseCode = "200", description = "By name")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  public List<WorkspaceAnswer> list() {
    return workspaces.list(token());
  }

  @POST
  @ResponseStatus(201)
  @Operation(summary = "Make a workspace with a key of its own")
  @APIResponseSchema(
      value = WorkspaceAnswer.class,
      responseCode = "201",
      responseDescription = "The new workspace")
  @APIResponse(responseCode = "400", description = "The name breaks a rule")
  @APIResponse(
      responseCode = "409",
      description = "There are as many as one person may have (too-many-workspaces)")
  public WorkspaceAnswer create(@Nullable NameRequest request) {
    String bearer = token();
    return workspaces.create(bearer, name(request));
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "One workspace")
  @APIResponse(responseCode = "200", description = "The workspace")
  @APIResponse(responseCode = "404", description = "There is none of this id for who is signed in")
  public WorkspaceAnswer get(@RestPath String id) {
    return workspaces.require(token(), id(id));
  }

  @DELETE
  @Path("/{id}")
  @Operation(summary = "Shred a workspace's keys, then remove its ciphertext")
  @APIResponse(responseCode = "200", description = "What was done")
  @APIResponse(responseCode = "400", description = "The name is not that of the workspace")
  @APIResponse(responseCode = "409", description = "The workspace is open (workspace-open)")
  public Deletion delete(@RestPath String id, @Nullable NameRequest request) {
    WorkspaceId workspace = id(id);
    open.requireLocked(visitor, workspace);
    JsonNode shredded = workspaces.delete(token(), workspace, name(request));
    return new Deletion(
        shredded.path("transitKeyDeleted").asBoolean(),
        shredded.path("wrappedKeyDeleted").asBoolean(),
        leftovers.remove(workspace) ? "deleted" : "requested");
  }

  @POST
  @Path("/{id}/warm")
  @ResponseStatus(202)
  @Operation(summary = "Hint that a workspace may be unlocked soon")
  @APIResponse(responseCode = "202", description = "Noted")
  public void warm(@RestPath String id, @Nullable Nothing request) {
    WorkspaceId workspace = id(id);
    workspaces.require(token(), workspace);
    visitor.requireOpening(workspace);
    sandboxes.warm(workspace);
  }

  private String token() {
    return visitor.token(Audience.WORKSPACE);
  }

  private static String name(@Nullable NameRequest request) {
    String name = request == null ? null : request.name();
    if (name == null) {
      throw new ProblemException(Problem.badField("name", "a text"));
    }
    return name;
  }

  /** An id that can be none answers like one that is unknown. */
  public static WorkspaceId id(String text) {
    try {
      return WorkspaceId.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.notFound("workspace"), e);
    }
  }
}
