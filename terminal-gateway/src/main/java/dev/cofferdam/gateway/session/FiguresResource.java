// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Kind;
import dev.cofferdam.decisions.Resource;
import dev.cofferdam.edge.Access;
import dev.cofferdam.gateway.signin.Audience;
import dev.cofferdam.gateway.signin.Visitor;
import dev.cofferdam.identity.SandboxId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Numbers of open sessions that change all the time, for a page that shows them. */
@Path("/api/session-figures")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class FiguresResource {
  private final OpenSessions open;
  private final Activity activity;
  private final Meter meter;
  private final SessionPart sessions;
  private final Visitor visitor;

  FiguresResource(
      OpenSessions open, Activity activity, Meter meter, SessionPart sessions, Visitor visitor) {
    this.sessions = sessions;
    this.open = open;
    this.activity = activity;
    this.meter = meter;
    this.visitor = visitor;
  }

  @GET
  @Operation(
      summary =
          "How open sessions are doing: one's own, for owners and admins everybody's. Sandboxes are"
              + " measured when this is asked, at most every two seconds")
  @APIResponse(responseCode = "200", description = "By the time this gateway heard of them")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  @APIResponse(responseCode = "403", description = "Who asks can have no sessions")
  public List<SessionFigures> figures() {
    Access access = visitor.access();
    access.requireOwn(Action.SESSION_LIST);
    List<OpenSession> seen = open.all().stream().filter(one -> maySee(access, one)).toList();
    if (access.may(Action.PERSON_SESSION_LIST, Resource.ofInstallation(Kind.PERSON))
        && seen.size() < open.all().size()) {
      seen = withOthers(seen);
    }
    Map<SandboxId, Meter.Load> loads = seen.isEmpty() ? Map.of() : meter.loads();
    return seen.stream()
        .map(
            session ->
                SessionFigures.of(
                    session, activity.of(session.id()).orElse(null), loads.get(session.sandbox())))
        .toList();
  }

  /** As session-service lists them, which tells of it that somebody looks at what is others'. */
  private List<OpenSession> withOthers(List<OpenSession> own) {
    Set<String> listed =
        sessions.listOfEverybody(visitor.token(Audience.SESSION)).stream()
            .map(SessionAnswer::id)
            .collect(Collectors.toSet());
    return open.all().stream()
        .filter(one -> own.contains(one) || listed.contains(one.id().toString()))
        .toList();
  }

  private static boolean maySee(Access access, OpenSession session) {
    return access.may(
        Action.SESSION_LIST, Resource.in(Kind.SESSION, session.user(), session.workspace()));
  }
}
