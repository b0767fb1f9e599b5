// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.people;

import dev.cofferdam.gateway.door.Nothing;
import dev.cofferdam.gateway.door.PublicOrigin;
import dev.cofferdam.gateway.people.Shapes.Invitation;
import dev.cofferdam.gateway.people.Shapes.NewInvitation;
import dev.cofferdam.gateway.people.Shapes.SentInvitation;
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

/** Invitations, for owners and admins. */
@Path("/api/invitations")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@APIResponse(responseCode = "401", description = "Nobody is signed in")
@APIResponse(
    responseCode = "403",
    description = "For owners and admins; owners and admins are invited by owners only")
@APIResponse(responseCode = "503", description = "auth-service does not answer")
public class InvitationResource {
  private static final String INVITATIONS = "/invitations";

  private final AuthRoutes auth;
  private final PublicOrigin origin;

  InvitationResource(AuthRoutes auth, PublicOrigin origin) {
    this.auth = auth;
    this.origin = origin;
  }

  /** As auth-service answers it. */
  record Waiting(
      String id,
      String role,
      @Nullable String name,
      String createdAt,
      String expiresAt,
      @Nullable String token) {
    Invitation toShow() {
      return new Invitation(id, role, name, createdAt, expiresAt);
    }

    @Override
    public String toString() {
      return "Waiting[" + id + "]";
    }
  }

  @GET
  @Operation(summary = "Invitations that wait")
  @APIResponse(responseCode = "200", description = "Oldest first, without their tokens")
  public List<Invitation> list() {
    return auth.list(INVITATIONS, Waiting.class).stream().map(Waiting::toShow).toList();
  }

  @POST
  @ResponseStatus(201)
  @Operation(summary = "Invite somebody")
  @APIResponseSchema(
      value = SentInvitation.class,
      responseCode = "201",
      responseDescription = "With a link that is shown this once")
  @APIResponse(responseCode = "400", description = "A field breaks a rule")
  @APIResponse(
      responseCode = "409",
      description =
          "500 wait, or this server is for one person (too-many-invitations, one-person-only)")
  public SentInvitation send(@Nullable NewInvitation invitation) {
    Waiting sent = auth.send("POST", INVITATIONS, AuthRoutes.require(invitation), Waiting.class);
    String token = sent.token() == null ? "" : sent.token();
    return new SentInvitation(
        sent.id(),
        sent.role(),
        sent.name(),
        sent.createdAt(),
        sent.expiresAt(),
        token,
        origin.text() + "/invitation#" + token);
  }

  @DELETE
  @Path("/{id}")
  @Operation(summary = "Take an invitation back")
  @APIResponse(responseCode = "204", description = "It lets nobody in any more")
  @APIResponse(responseCode = "404", description = "There is none of this id, or it was used")
  public void takeBack(@RestPath String id, @Nullable Nothing request) {
    auth.delete(INVITATIONS + "/" + AuthRoutes.id(id, "invitation"));
  }
}
