// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.device;

import dev.cofferdam.gateway.door.Nothing;
import dev.cofferdam.gateway.signin.Audience;
import dev.cofferdam.gateway.signin.Browsers;
import dev.cofferdam.gateway.signin.Visitor;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Where others are signed in, for owners and admins. */
@Path("/api/people/{id}/devices")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PersonDeviceResource {
  private final DevicePart devices;
  private final Browsers browsers;
  private final Visitor visitor;

  PersonDeviceResource(DevicePart devices, Browsers browsers, Visitor visitor) {
    this.devices = devices;
    this.browsers = browsers;
    this.visitor = visitor;
  }

  @GET
  @Operation(summary = "Where somebody is signed in, for owners and admins")
  @APIResponse(responseCode = "200", description = "The one that was seen last first")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  @APIResponse(responseCode = "403", description = "Who asks does not look after this person")
  @APIResponse(responseCode = "404", description = "There is no such person")
  public List<DeviceAnswer> ofPerson(@RestPath String id) {
    String bearer = visitor.token(Audience.AUTH);
    return devices.list(
        bearer, "/people/" + DeviceResource.known(id, "person") + "/devices", DeviceAnswer.class);
  }

  @DELETE
  @ResponseStatus(204)
  @Operation(summary = "End all sign-ins of somebody, for owners and admins")
  @APIResponse(responseCode = "204", description = "This person is signed in nowhere")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  @APIResponse(responseCode = "403", description = "Who asks does not look after this person")
  @APIResponse(responseCode = "404", description = "There is no such person")
  public void endOfPerson(@RestPath String id, @Nullable Nothing request) {
    String bearer = visitor.token(Audience.AUTH);
    devices
        .end(bearer, "/people/" + DeviceResource.known(id, "person") + "/devices")
        .forEach(signIn -> browsers.endedElsewhere(signIn, DeviceResource.BY_ADMIN));
  }
}
