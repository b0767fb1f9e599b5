// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Decisions;
import dev.cofferdam.decisions.Kind;
import dev.cofferdam.decisions.Resource;
import dev.cofferdam.edge.Access;
import dev.cofferdam.gateway.door.Nothing;
import dev.cofferdam.gateway.signin.Audience;
import dev.cofferdam.gateway.signin.Browser;
import dev.cofferdam.gateway.signin.Visitor;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Open sessions of who is signed in. */
@Path("/api/sessions")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SessionResource {
  private final SessionPart sessions;
  private final OpenSessions open;
  private final Whereabouts whereabouts;
  private final Lock lock;
  private final Visitor visitor;

  SessionResource(
      SessionPart sessions,
      OpenSessions open,
      Whereabouts whereabouts,
      Lock lock,
      Visitor visitor) {
    this.sessions = sessions;
    this.open = open;
    this.whereabouts = whereabouts;
    this.lock = lock;
    this.visitor = visitor;
  }

  @GET
  @Operation(summary = "Open sessions of who is signed in")
  @APIResponse(responseCode = "200", description = "By the time they were opened")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  public List<SessionAnswer> list() {
    return sessions.list(visitor.token(Audience.SESSION));
  }

  @POST
  @Path("/{id}/lock")
  @Operation(summary = "Lock: end programs, drop the key, unmount")
  @APIResponse(responseCode = "200", description = "The box is gone; the session is LOCKED")
  @APIResponse(responseCode = "404", description = "There is none of this id for who is signed in")
  @APIResponse(
      responseCode = "500",
      description = "A process of the sandbox does not end; it goes on being ended (box-stuck)")
  public LockedSession lock(@RestPath String id, @Nullable Nothing request) {
    Browser browser = visitor.browserEvenIfAuthIsAway();
    SessionId session = id(id);
    OpenSession known = open.find(session).filter(s -> mayLock(browser, s)).orElse(null);
    SessionAnswer locked =
        known == null
            ? notHere(browser, session)
            : lock.run(known, locker(browser), visitor.bearer(Audience.SESSION));
    return locked.userId().equals(browser.user().toString())
        ? LockedSession.of(locked)
        : LockedSession.overseen(locked);
  }

  private Locker locker(Browser browser) {
    return new Locker(browser.user(), visitor.credential(), visitor.address());
  }

  private static boolean mayLock(Browser browser, OpenSession session) {
    return Decisions.decide(
            browser.subject(Instant.now()),
            Action.SESSION_LOCK,
            Resource.in(Kind.SESSION, session.user(), session.workspace()))
        .isAllowed();
  }

  /** Locked already, just opening, or in a box that this gateway has not found yet. */
  private SessionAnswer notHere(Browser browser, SessionId id) {
    SessionAnswer answer = require(browser, id);
    // That it may be seen does not mean that it may be ended: a key's scopes tell them apart.
    new Access(() -> browser.subject(Instant.now()))
        .require(
            Action.SESSION_LOCK,
            Resource.in(
                Kind.SESSION,
                UserId.parse(answer.userId()),
                WorkspaceId.parse(answer.workspaceId())));
    if (answer.state().equals("LOCKED")) {
      return answer;
    }
    Supplier<String> bearer = visitor.bearer(Audience.SESSION);
    Optional<OpenSession> found = answer.isOpen() ? whereabouts.find(id) : Optional.empty();
    return found
        .map(session -> lock.run(session, locker(browser), bearer))
        .orElseGet(() -> lock.endUnknown(answer, locker(browser), bearer));
  }

  /** One's own; owners and admins may find one of anybody's, as long as it is open. */
  private SessionAnswer require(Browser browser, SessionId id) {
    String token = visitor.token(Audience.SESSION);
    return oversees(browser)
        ? sessions.findOfEverybody(token, id).orElseGet(() -> sessions.require(token, id))
        : sessions.require(token, id);
  }

  private static boolean oversees(Browser browser) {
    return Decisions.decide(
            browser.subject(Instant.now()),
            Action.PERSON_SESSION_LIST,
            Resource.ofInstallation(Kind.PERSON))
        .isAllowed();
  }

  /** An id that can be none answers like one that is unknown. */
  public static SessionId id(String text) {
    try {
      return SessionId.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.notFound("session"), e);
    }
  }
}
