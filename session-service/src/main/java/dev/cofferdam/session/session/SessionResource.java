// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.session;

import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Kind;
import dev.cofferdam.edge.Access;
import dev.cofferdam.edge.AccessTokens;
import dev.cofferdam.edge.RequestBody;
import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.session.grant.AskedKeys;
import dev.cofferdam.session.grant.Grants;
import dev.cofferdam.session.ticket.Tickets;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Sessions of the person whose token it is; an admin may end those of others. */
@Path("/sessions")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
public class SessionResource {
  /** What one of either version is written with; or nothing. */
  private static final Pattern ADDRESS = Pattern.compile("[0-9a-f:.]{0,45}");

  private final Sessions sessions;
  private final Grants grants;
  private final AskedKeys asked;
  private final Tickets tickets;
  private final JsonWebToken token;
  private final Access access;

  SessionResource(
      Sessions sessions, Grants grants, AskedKeys asked, Tickets tickets, JsonWebToken token) {
    this.asked = asked;
    this.sessions = sessions;
    this.grants = grants;
    this.tickets = tickets;
    this.token = token;
    access = new Access(token);
  }

  /**
   * @param address of who asks, as the gateway sees it; an older gateway does not tell
   */
  public record OpenRequest(
      @Nullable String workspaceId, @Nullable String sandboxId, @Nullable String address) {}

  /** Token and ticket are for the sandbox alone; they are not stored and not logged. */
  public record OpenAnswer(String sessionId, State state, String wrappingToken, String openTicket) {
    @Override
    public String toString() {
      return "OpenAnswer[" + sessionId + "]";
    }
  }

  public record LockAnswer(State state, @Nullable String lockTicket) {
    static LockAnswer of(Session session, Tickets tickets) {
      boolean over = session.state() == State.LOCKED;
      return new LockAnswer(session.state(), over ? null : tickets.lock(session));
    }
  }

  @POST
  @ResponseStatus(201)
  @APIResponseSchema(
      value = OpenAnswer.class,
      responseCode = "201",
      responseDescription = "Token and ticket for the sandbox")
  @APIResponse(
      responseCode = "409",
      headers =
          @Header(
              name = "Retry-After",
              description = "Seconds to wait, of session-opening",
              schema = @Schema(type = SchemaType.INTEGER)),
      description =
          "The workspace or as many as may be are open already, or nothing opens at present"
              + " (session-opening, session-already-open, too-many-sessions, maintenance,"
              + " emergency-stop)")
  @APIResponse(responseCode = "404", description = "There is no such workspace (not-found)")
  public OpenAnswer open(@Nullable OpenRequest body) {
    OpenRequest request = RequestBody.require(body);
    WorkspaceId workspace = id("workspaceId", request.workspaceId(), WorkspaceId::parse);
    SandboxId sandbox = id("sandboxId", request.sandboxId(), SandboxId::parse);
    Opener opener = opener(address(request.address()));
    SessionId id = SessionId.random();
    sessions.begin(id, opener, workspace, sandbox);
    try {
      return granted(id, opener, workspace, sandbox);
    } catch (RuntimeException e) {
      sessions.notOpened(id);
      throw e;
    }
  }

  /**
   * The grant first: it tells whose workspace it is, and strangers must not leave a trace in it.
   */
  private OpenAnswer granted(
      SessionId id, Opener opener, WorkspaceId workspace, SandboxId sandbox) {
    tickets.signer();
    Grants.Grant grant = grants.ask(id, workspace, opener.user(), access.subject());
    Session session = open(id, opener, workspace, sandbox);
    return new OpenAnswer(
        id.toString(),
        session.state(),
        grant.wrappingToken(),
        tickets.open(session, grant.firstOpen()));
  }

  /** Whoever was quicker has it; a token that was granted dies unused. */
  private Session open(SessionId id, Opener opener, WorkspaceId workspace, SandboxId sandbox) {
    try {
      return sessions.open(id, opener, workspace, sandbox);
    } catch (RuntimeException e) {
      asked.dropped(id);
      throw e;
    }
  }

  @GET
  public List<SessionAnswer> list() {
    access.requireOwn(Action.SESSION_LIST);
    return sessions.listOpen(access.user()).stream()
        .filter(s -> access.may(Action.SESSION_LIST, s.resource(Kind.SESSION)))
        .map(SessionAnswer::of)
        .toList();
  }

  @GET
  @Path("/{id}")
  public SessionAnswer get(@RestPath String id) {
    return SessionAnswer.of(require(Action.SESSION_READ, id));
  }

  @POST
  @Path("/{id}/lock")
  @Consumes(MediaType.WILDCARD)
  public LockAnswer lock(@RestPath String id) {
    Session session = require(Action.SESSION_LOCK, id);
    String reason = session.user().equals(access.user()) ? "user" : "admin";
    return LockAnswer.of(sessions.lockingAsAsked(session.sessionId(), reason), tickets);
  }

  private Session require(Action action, String id) {
    return access.require(action, sessions.find(known(id)), s -> s.resource(action.kind()));
  }

  private Opener opener(String address) {
    return new Opener(
        access.user(),
        SignInClaim.of(token),
        AccessTokens.method(token),
        AccessTokens.credential(token),
        address,
        AccessTokens.quota(token).bytes(),
        AccessTokens.quota(token).openSessions());
  }

  private static String address(@Nullable String given) {
    String address = given == null ? "" : given;
    if (!ADDRESS.matcher(address).matches()) {
      throw new ProblemException(Problem.badField("address", "an address of IP"));
    }
    return address;
  }

  static SessionId known(String text) {
    try {
      return SessionId.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.notFound("session"), e);
    }
  }

  static <T> T id(String field, @Nullable String text, Function<String, T> parse) {
    try {
      return parse.apply(text == null ? "" : text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.badField(field, "an id"), e);
    }
  }
}
