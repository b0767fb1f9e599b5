// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import dev.cofferdam.decisions.Action;
import dev.cofferdam.gateway.signin.Audience;
import dev.cofferdam.gateway.signin.Visitor;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** What one's workspaces take of the disk and how much they may; what everybody's take. */
@Path("/api/storage")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class StorageResource {
  private final SessionPart sessions;
  private final Visitor visitor;

  StorageResource(SessionPart sessions, Visitor visitor) {
    this.sessions = sessions;
    this.visitor = visitor;
  }

  @GET
  @Operation(summary = "What the workspaces of who is signed in take of the disk")
  @APIResponse(responseCode = "200", description = "As it was last counted, right to some seconds")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  @APIResponse(responseCode = "403", description = "Who asks can have no sessions")
  public StorageAnswer own() {
    visitor.access().requireOwn(Action.SESSION_LIST);
    return sessions.storage(visitor.token(Audience.SESSION));
  }

  @GET
  @Path("/people")
  @Operation(summary = "What everybody's workspaces take of the disk, for owners and admins")
  @APIResponse(responseCode = "200", description = "By who takes most, at most a thousand people")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  @APIResponse(responseCode = "403", description = "Who asks is neither owner nor admin")
  public List<PersonStorage> ofEverybody() {
    return sessions.storageOfEverybody(visitor.token(Audience.SESSION));
  }
}
