// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

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

/** What is open on this server, for owners and admins, who may lock each of them. */
@Path("/api/open-sessions")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class OpenSessionResource {
  private final SessionPart sessions;
  private final Visitor visitor;

  OpenSessionResource(SessionPart sessions, Visitor visitor) {
    this.sessions = sessions;
    this.visitor = visitor;
  }

  @GET
  @Operation(summary = "Open sessions of everybody, for owners and admins")
  @APIResponse(responseCode = "200", description = "By the time they were opened")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  @APIResponse(responseCode = "403", description = "Who asks is neither owner nor admin")
  public List<OverseenSession> ofEverybody() {
    return sessions.listOfEverybody(visitor.token(Audience.SESSION)).stream()
        .map(OverseenSession::of)
        .toList();
  }
}
