// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.device;

import dev.cofferdam.gateway.door.Nothing;
import dev.cofferdam.gateway.signin.Audience;
import dev.cofferdam.gateway.signin.Browsers;
import dev.cofferdam.gateway.signin.Visitor;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody is signed in. What is ended here closes here at once, before the answer; others
 * hear of it by event.
 */
@Path("/api")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class DeviceResource {
  /** auth-service's words, in the events that it tells of these ends. */
  static final String ELSEWHERE = "ended-elsewhere";

  static final String BY_ADMIN = "ended-by-admin";

  private final DevicePart devices;
  private final Browsers browsers;
  private final Visitor visitor;

  DeviceResource(DevicePart devices, Browsers browsers, Visitor visitor) {
    this.devices = devices;
    this.browsers = browsers;
    this.visitor = visitor;
  }

  @GET
  @Path("/devices")
  @Operation(summary = "Where you are signed in")
  @APIResponse(responseCode = "200", description = "The one that was seen last first")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  public List<DeviceAnswer> list() {
    return devices.list(bearer(), "/devices", DeviceAnswer.class);
  }

  @DELETE
  @Path("/devices/{id}")
  @ResponseStatus(204)
  @Operation(summary = "End one sign-in with all that is open for it")
  @APIResponse(responseCode = "204", description = "Its sockets close, what it opened locks")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  @APIResponse(responseCode = "404", description = "There is none of this id for who is signed in")
  public void end(@RestPath String id, @Nullable Nothing request) {
    String bearer = bearer();
    end(bearer, "/devices/" + known(id, "device"));
  }

  @DELETE
  @Path("/devices")
  @ResponseStatus(204)
  @Operation(summary = "End all other sign-ins")
  @APIResponse(responseCode = "204", description = "Only this browser is signed in")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  public void endOthers(@Nullable Nothing request) {
    end(bearer(), "/devices");
  }

  private void end(String bearer, String path) {
    devices.end(bearer, path).forEach(signIn -> browsers.endedElsewhere(signIn, ELSEWHERE));
  }

  /** Asked for before anything else: who is signed out is told that, whatever they asked. */
  private String bearer() {
    return visitor.token(Audience.AUTH);
  }

  /** It goes into a path: nothing but an id gets that far. */
  static String known(String id, String what) {
    try {
      return UUID.fromString(id).toString();
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.notFound(what), e);
    }
  }
}
