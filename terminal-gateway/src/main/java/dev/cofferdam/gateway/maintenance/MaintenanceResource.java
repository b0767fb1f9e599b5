// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.maintenance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.edge.RequestBody;
import dev.cofferdam.gateway.door.Nothing;
import dev.cofferdam.gateway.session.SessionPart;
import dev.cofferdam.gateway.signin.Audience;
import dev.cofferdam.gateway.signin.Visitor;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Lets nothing open, says why, and locks what is open at a time that was announced. */
@Path("/api/maintenance")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class MaintenanceResource {
  private final SessionPart sessions;
  private final Visitor visitor;

  MaintenanceResource(SessionPart sessions, Visitor visitor) {
    this.sessions = sessions;
    this.visitor = visitor;
  }

  /**
   * @param locksInMinutes when what is open locks, from now; 0 to 10080, which is a week
   * @param notice what people read, at most 200 characters
   */
  @Schema(name = "MaintenancePlan")
  public record PlanRequest(@Nullable Integer locksInMinutes, @Nullable String notice) {}

  /**
   * @param locksAt null while there is no maintenance
   */
  @Schema(name = "Maintenance")
  public record MaintenanceAnswer(@Nullable String locksAt, String notice) {
    static MaintenanceAnswer of(JsonNode json) {
      return new MaintenanceAnswer(json.path("locksAt").textValue(), json.path("notice").asText());
    }
  }

  @GET
  @Operation(summary = "Whether the server is being maintained, for everybody who is signed in")
  @APIResponse(responseCode = "200", description = "While locksAt is there, nothing opens")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  public MaintenanceAnswer now() {
    return MaintenanceAnswer.of(sessions.maintenance("GET", bearer(), null));
  }

  @PUT
  @Operation(summary = "Let nothing open from now on, and lock what is open later, for owners")
  @APIResponse(responseCode = "200", description = "Again changes the time and the notice")
  @APIResponse(responseCode = "400", description = "A field is not what it may be")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  @APIResponse(responseCode = "403", description = "Who asks is no owner")
  public MaintenanceAnswer plan(@Nullable PlanRequest request) {
    String bearer = bearer();
    PlanRequest given = RequestBody.require(request);
    Map<String, @Nullable Object> plan = new HashMap<>();
    plan.put("locksInMinutes", given.locksInMinutes());
    plan.put("notice", given.notice());
    return MaintenanceAnswer.of(sessions.maintenance("PUT", bearer, plan));
  }

  @DELETE
  @Operation(summary = "Let workspaces open again, for owners")
  @APIResponse(responseCode = "200", description = "There is no maintenance now")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  @APIResponse(responseCode = "403", description = "Who asks is no owner")
  public MaintenanceAnswer end(@Nullable Nothing request) {
    return MaintenanceAnswer.of(sessions.maintenance("DELETE", bearer(), null));
  }

  private String bearer() {
    return visitor.token(Audience.SESSION);
  }
}
