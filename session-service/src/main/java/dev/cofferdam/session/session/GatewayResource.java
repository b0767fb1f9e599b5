// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.session;

import dev.cofferdam.edge.AdmitCaller;
import dev.cofferdam.edge.RequestBody;
import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** What the gateway reports of sandboxes; it has no user then. */
@Path("/internal/sessions")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@AdmitCaller("gateway")
@RunOnVirtualThread
public class GatewayResource {
  private static final Pattern WORD = Pattern.compile("[a-z][a-z-]{0,39}");
  private static final int MOST_SANDBOXES = 64;

  private final Sessions sessions;

  GatewayResource(Sessions sessions) {
    this.sessions = sessions;
  }

  public record OpenedReport(boolean initialised) {}

  public record EndReport(@Nullable String reason) {}

  public record AdoptRequest(@Nullable List<String> sandboxIds) {}

  public record AdoptAnswer(List<SessionAnswer> sessions) {}

  @POST
  @Path("/{id}/opened")
  public SessionAnswer opened(@RestPath String id, @Nullable OpenedReport report) {
    return SessionAnswer.of(sessions.opened(SessionResource.known(id)));
  }

  @POST
  @Path("/{id}/failed")
  public SessionAnswer failed(@RestPath String id, @Nullable EndReport report) {
    return SessionAnswer.of(sessions.failed(SessionResource.known(id), reason(report)));
  }

  @POST
  @Path("/{id}/locked")
  public SessionAnswer locked(@RestPath String id, @Nullable EndReport report) {
    return SessionAnswer.of(sessions.locked(SessionResource.known(id), reason(report)));
  }

  @POST
  @Path("/{id}/ended")
  public SessionAnswer ended(@RestPath String id, @Nullable EndReport report) {
    return SessionAnswer.of(sessions.locked(SessionResource.known(id), reason(report)));
  }

  /** Which of these sandboxes belong to open sessions; the others should be ended. */
  @POST
  @Path("/adopt")
  public AdoptAnswer adopt(@Nullable AdoptRequest request) {
    List<String> given = RequestBody.require(request).sandboxIds();
    List<String> asked = given == null ? List.of() : given;
    if (asked.size() > MOST_SANDBOXES) {
      throw new ProblemException(Problem.badField("sandboxIds", "at most 64"));
    }
    List<SandboxId> ids =
        asked.stream().map(s -> SessionResource.id("sandboxIds", s, SandboxId::parse)).toList();
    return new AdoptAnswer(sessions.listIn(ids).stream().map(SessionAnswer::of).toList());
  }

  private static String reason(@Nullable EndReport report) {
    String reason = RequestBody.require(report).reason();
    if (reason == null || !WORD.matcher(reason).matches()) {
      throw new ProblemException(Problem.badField("reason", "a word of a-z and -"));
    }
    return reason;
  }
}
