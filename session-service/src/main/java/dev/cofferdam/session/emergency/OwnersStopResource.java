// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.emergency;

import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Kind;
import dev.cofferdam.decisions.Resource;
import dev.cofferdam.edge.Access;
import dev.cofferdam.session.emergency.EmergencyStopResource.StopAnswer;
import dev.cofferdam.session.emergency.EmergencyStopResource.StopRequest;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** The same as the supervisor's command, for owners. */
@Path("/emergency-stop")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
public class OwnersStopResource {
  private final StopAndLock stop;
  private final Access access;

  OwnersStopResource(StopAndLock stop, JsonWebToken token) {
    this.stop = stop;
    access = new Access(token);
  }

  /** Whether it is on. */
  @GET
  public StopAnswer now() {
    requireOwner();
    return stop.now();
  }

  /** Repeating it ends what may be left. */
  @POST
  public StopAnswer set(@Nullable StopRequest request) {
    requireOwner();
    return stop.change(StopRequest.require(request), Optional.of(access.user()));
  }

  private void requireOwner() {
    access.require(Action.SERVER_STOP, Resource.ofInstallation(Kind.INSTALLATION));
  }
}
