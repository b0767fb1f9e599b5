// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import dev.cofferdam.gateway.door.Nothing;
import dev.cofferdam.gateway.session.OpenSession;
import dev.cofferdam.gateway.session.SessionResource;
import dev.cofferdam.gateway.session.TerminalSize;
import dev.cofferdam.gateway.signin.Audience;
import dev.cofferdam.gateway.signin.Browser;
import dev.cofferdam.gateway.signin.Visitor;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.terminal.protocol.ControlFrame.Size;
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

/** Terminals of an open session. */
@Path("/api/sessions/{id}/terminals")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class TerminalResource {
  private final AgentTerminals terminals;
  private final SocketTickets tickets;
  private final Visitor visitor;

  TerminalResource(AgentTerminals terminals, SocketTickets tickets, Visitor visitor) {
    this.terminals = terminals;
    this.tickets = tickets;
    this.visitor = visitor;
  }

  public record Created(int id) {}

  /** The title is untrusted text of the program in the terminal. */
  public record TerminalAnswer(int id, String title, int cols, int rows, boolean running) {}

  /** Good once, for this browser and terminal, until then (ISO 8601). */
  public record TicketAnswer(String ticket, String expiresAt) {
    @Override
    public String toString() {
      return "TicketAnswer[until " + expiresAt + "]";
    }
  }

  @GET
  @Operation(summary = "Terminals of an open session")
  @APIResponse(responseCode = "200", description = "By number")
  @APIResponse(responseCode = "404", description = "There is no such open session")
  @APIResponse(
      responseCode = "500",
      description = "The sandbox did not answer as it should (terminal-failed)")
  public List<TerminalAnswer> list(@RestPath String id) {
    return terminals.list(bearer(), SessionResource.id(id));
  }

  @POST
  @ResponseStatus(201)
  @Operation(summary = "Start a shell in a new terminal")
  @APIResponseSchema(
      value = Created.class,
      responseCode = "201",
      responseDescription = "Its number")
  @APIResponse(responseCode = "404", description = "There is no such open session")
  @APIResponse(responseCode = "409", description = "32 terminals are open (too-many-terminals)")
  @APIResponse(responseCode = "500", description = "The shell did not start (terminal-failed)")
  public Created create(@RestPath String id, @Nullable TerminalSize wanted) {
    Size size = (wanted == null ? new TerminalSize(null, null) : wanted).checked();
    return new Created(
        terminals.create(bearer(), SessionResource.id(id), size.columns(), size.rows()));
  }

  @DELETE
  @Path("/{terminal}")
  @ResponseStatus(204)
  @Operation(summary = "End a terminal and its program")
  @APIResponse(responseCode = "204", description = "It is ended")
  @APIResponse(responseCode = "404", description = "There is no such terminal")
  @APIResponse(
      responseCode = "500",
      description = "The sandbox did not answer as it should (terminal-failed)")
  public void close(@RestPath String id, @RestPath String terminal, @Nullable Nothing request) {
    terminals.close(bearer(), SessionResource.id(id), number(terminal));
  }

  @POST
  @Path("/{terminal}/tickets")
  @ResponseStatus(201)
  @Operation(summary = "A one-time ticket for a socket to a terminal")
  @APIResponseSchema(
      value = TicketAnswer.class,
      responseCode = "201",
      responseDescription = "The ticket")
  @APIResponse(responseCode = "404", description = "There is no such open session")
  public TicketAnswer ticket(
      @RestPath String id, @RestPath String terminal, @Nullable Nothing request) {
    Browser browser = visitor.browser();
    SessionId session = SessionResource.id(id);
    int number = number(terminal);
    String agentTicket = terminals.ticket(bearer(), session);
    OpenSession open = terminals.require(session);
    SocketTickets.Issued issued = tickets.issue(browser, open, number, agentTicket);
    return new TicketAnswer(issued.ticket(), issued.expiresAt().toString());
  }

  private String bearer() {
    return visitor.token(Audience.SESSION);
  }

  private static int number(String text) {
    if (!text.matches("[1-9][0-9]{0,4}") || Integer.parseInt(text) > 0xffff) {
      throw new ProblemException(Problem.notFound("terminal"));
    }
    return Integer.parseInt(text);
  }
}
