// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.audit;

import dev.cofferdam.gateway.door.Nothing;
import dev.cofferdam.gateway.signin.Audience;
import dev.cofferdam.gateway.signin.Visitor;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What rules over the audit ledger have found. */
@Path("/api/alerts")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class AlertResource {
  private final AuditPart audit;
  private final Visitor visitor;

  AlertResource(AuditPart audit, Visitor visitor) {
    this.audit = audit;
    this.visitor = visitor;
  }

  /**
   * The newest first.
   *
   * @param open how many are open, on this page or not
   * @param next {@code before} of the next page; null at the end
   */
  public record AlertPage(List<AlertAnswer> alerts, long open, @Nullable Long next) {}

  @GET
  @Operation(summary = "What somebody should look at, for owners and auditors: the newest first")
  @APIResponse(responseCode = "200", description = "At most limit alerts (1 to 200, else 50)")
  @APIResponse(responseCode = "400", description = "A field of the question is not what it may be")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  @APIResponse(responseCode = "403", description = "Who asks is neither owner nor auditor")
  public AlertPage alerts(
      @RestQuery @Nullable String state,
      @RestQuery @Nullable String before,
      @RestQuery @Nullable String limit) {
    Map<String, @Nullable String> asked = new HashMap<>();
    asked.put("state", state);
    asked.put("before", before);
    asked.put("limit", limit);
    return audit.get(bearer(), "/alerts" + AuditQuery.of(asked).text(), AlertPage.class);
  }

  @POST
  @Path("/{id}/close")
  @Operation(summary = "Say that an alert was dealt with, for owners; the same again is a new one")
  @APIResponse(responseCode = "200", description = "It is closed, maybe since earlier")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  @APIResponse(responseCode = "403", description = "Who asks is no owner")
  @APIResponse(responseCode = "404", description = "There is no such alert")
  public AlertAnswer close(@RestPath String id, @Nullable Nothing request) {
    String bearer = bearer();
    if (!id.matches("[0-9a-f-]{36}")) {
      throw new ProblemException(Problem.notFound("alert"));
    }
    return audit.post(bearer, "/alerts/" + id + "/close", AlertAnswer.class);
  }

  private String bearer() {
    return visitor.token(Audience.SESSION);
  }
}
