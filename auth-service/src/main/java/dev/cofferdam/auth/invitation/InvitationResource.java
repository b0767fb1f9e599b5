// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.invitation;

import dev.cofferdam.auth.asking.Asking;
import dev.cofferdam.auth.asking.RowId;
import dev.cofferdam.auth.signin.PersonName;
import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Kind;
import dev.cofferdam.decisions.Resource;
import dev.cofferdam.edge.RequestBody;
import dev.cofferdam.identity.Role;
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
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Invitations, for owners and admins. */
@Path("/invitations")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
public class InvitationResource {
  private static final Resource ALL = Resource.ofInstallation(Kind.INVITATION);

  private final Invitations invitations;
  private final Asking asking;

  InvitationResource(Invitations invitations, Asking asking) {
    this.invitations = invitations;
    this.asking = asking;
  }

  /** Without a name the person chooses one; without an end it is good for seven days. */
  @Schema(name = "NewInvitation")
  public record InvitationRequest(
      @Nullable String role, @Nullable String name, @Nullable String expiresAt) {}

  @GET
  public List<InvitationAnswer> list() {
    asking.access().require(Action.INVITATION_LIST, ALL);
    return invitations.list().stream().map(InvitationAnswer::of).toList();
  }

  @POST
  @ResponseStatus(201)
  @APIResponseSchema(
      value = InvitationAnswer.class,
      responseCode = "201",
      responseDescription = "The invitation; its token is told this once")
  @APIResponse(
      responseCode = "409",
      description =
          "500 wait, or this server is for one person (too-many-invitations, one-person-only)")
  public InvitationAnswer send(@Nullable InvitationRequest body) {
    asking.access().require(Action.INVITATION_CREATE, ALL);
    InvitationRequest request = RequestBody.require(body);
    Role role = role(request.role());
    asking.access().require(Action.INVITATION_CREATE, ALL.becoming(role));
    Invitations.Sent sent =
        invitations.send(
            role,
            Optional.ofNullable(request.name()).map(name -> PersonName.parse("name", name)),
            Optional.ofNullable(request.expiresAt()).map(InvitationResource::instant),
            asking.bearer());
    return InvitationAnswer.with(sent.invitation(), sent.token());
  }

  @DELETE
  @Path("/{id}")
  @Consumes(MediaType.WILDCARD)
  public void takeBack(@RestPath String id) {
    invitations.takeBack(
        asking
            .access()
            .require(
                Action.INVITATION_REVOKE,
                RowId.find(id).flatMap(invitations::find),
                found -> ALL.becoming(found.role())),
        asking.user());
  }

  private static Role role(@Nullable String text) {
    try {
      return Role.parse(text == null ? "" : text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          Problem.badField("role", "one of owner, admin, member, auditor"), e);
    }
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new ProblemException(
          Problem.badField("expiresAt", "a time as in 2026-12-01T12:00:00Z"), e);
    }
  }
}
