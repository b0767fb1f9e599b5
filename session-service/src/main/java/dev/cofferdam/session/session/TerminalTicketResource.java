// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.session;

import dev.cofferdam.decisions.Action;
import dev.cofferdam.edge.Access;
import dev.cofferdam.edge.RequestBody;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.session.ticket.Tickets;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Tickets for terminals: nobody lists, starts, uses or ends one without. */
@Path("/sessions/{id}/tickets")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
public class TerminalTicketResource {
  private final Sessions sessions;
  private final Entrances entrances;
  private final Tickets tickets;
  private final JsonWebToken token;
  private final Access access;

  TerminalTicketResource(
      Sessions sessions, Entrances entrances, Tickets tickets, JsonWebToken token) {
    this.sessions = sessions;
    this.entrances = entrances;
    this.tickets = tickets;
    this.token = token;
    access = new Access(token);
  }

  public record TicketRequest(@Nullable String action) {}

  public record TicketAnswer(String ticket) {}

  @POST
  @APIResponse(responseCode = "200", description = "The ticket")
  @APIResponse(responseCode = "409", description = "The session is not open (not-open)")
  public TicketAnswer ticket(@RestPath String id, @Nullable TicketRequest request) {
    Session session =
        access.require(
            Action.TERMINAL_USE,
            sessions.find(SessionResource.known(id)),
            s -> s.resource(Action.TERMINAL_USE.kind()));
    if (!"terminal".equals(RequestBody.require(request).action())) {
      throw new ProblemException(Problem.badField("action", "the word terminal"));
    }
    if (!session.state().isOpen()) {
      throw new ProblemException(
          Problem.of("not-open", 409, "The workspace is not open", "Unlock it first."));
    }
    // Before the ticket: who can not be told of does not get in.
    entrances.tell(session, access.user(), SignInClaim.of(token));
    return new TicketAnswer(tickets.terminal(session));
  }
}
