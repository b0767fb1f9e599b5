// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.emergency;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.edge.RequestBody;
import dev.cofferdam.gateway.session.SessionPart;
import dev.cofferdam.gateway.signin.Audience;
import dev.cofferdam.gateway.signin.AuthPart;
import dev.cofferdam.gateway.signin.Visitor;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Locks everything and signs everybody out at once, for owners. */
@Path("/api/emergency-stop")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class EmergencyStopResource {
  private final SessionPart sessions;
  private final AuthPart auth;
  private final Visitor visitor;

  EmergencyStopResource(SessionPart sessions, AuthPart auth, Visitor visitor) {
    this.sessions = sessions;
    this.auth = auth;
    this.visitor = visitor;
  }

  /**
   * @param sealing whether Vault is sealed as well, so that it takes the unseal key to go on; only
   *     together with {@code stopped}
   */
  @Schema(name = "EmergencyStopChange")
  public record StopRequest(@Nullable Boolean stopped, @Nullable Boolean sealing) {
    boolean seals() {
      return Boolean.TRUE.equals(sealing);
    }
  }

  /**
   * @param sessions how many were open, and end now
   * @param signIns how many there were, the one that asked among them
   */
  @Schema(name = "EmergencyStop")
  public record StopAnswer(boolean stopped, int sessions, int signIns) {}

  @GET
  @Operation(summary = "Whether the server is stopped, for owners")
  @APIResponse(responseCode = "200", description = "While it is, nothing opens")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  @APIResponse(responseCode = "403", description = "Who asks is no owner")
  public StopAnswer now() {
    JsonNode now = sessions.emergencyStop(visitor.token(Audience.SESSION));
    return new StopAnswer(now.path("stopped").asBoolean(), 0, 0);
  }

  /** Sessions first, since their keys are what matters; after that nobody is signed in. */
  @POST
  @Operation(summary = "Stop the server in an emergency, or lift the stop, for owners")
  @APIResponse(
      responseCode = "200",
      description = "Stopped: all workspaces lock, everybody is signed out. Or lifted")
  @APIResponse(
      responseCode = "400",
      description = "It does not say stopped: true or false, or seals without stopping")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  @APIResponse(responseCode = "403", description = "Who asks is no owner")
  @APIResponse(
      responseCode = "409",
      description = "Stopped, but Vault refused to be sealed or did not answer (vault-not-sealed)")
  public StopAnswer set(@Nullable StopRequest request) {
    String forAuth = visitor.token(Audience.AUTH);
    StopRequest asked = RequestBody.require(request);
    if (asked.stopped() == null) {
      throw new ProblemException(Problem.badField("stopped", "true or false"));
    }
    if (!asked.stopped()) {
      // Refused there if it is to seal all the same.
      sessions.emergencyStop(visitor.token(Audience.SESSION), false, asked.seals());
      return new StopAnswer(false, 0, 0);
    }
    return stop(forAuth, asked.seals());
  }

  /** Sign-ins also end where session-service fails; that is said all the same. */
  private StopAnswer stop(String forAuth, boolean sealing) {
    JsonNode locked;
    try {
      locked = sessions.emergencyStop(visitor.token(Audience.SESSION), true, sealing);
    } catch (ProblemException e) {
      if (e.problem().status() >= 500) {
        endSignIns(forAuth, sealing);
      }
      throw e;
    }
    return new StopAnswer(true, locked.path("locking").asInt(), endSignIns(forAuth, sealing));
  }

  private int endSignIns(String forAuth, boolean sealing) {
    Map<String, Boolean> body = Map.of("stopped", true, "sealing", sealing);
    return auth.asVisitor("POST", "/emergency-stop", forAuth, body).path("ended").asInt();
  }
}
