// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.signin;

import dev.cofferdam.auth.asking.Asking;
import dev.cofferdam.auth.signin.SignInResource.EmergencyRequest;
import dev.cofferdam.auth.signin.SignInResource.EndedAnswer;
import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Kind;
import dev.cofferdam.decisions.Resource;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** An owner's part of the emergency stop here; what is open, session-service ends. */
@Path("/emergency-stop")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
public class OwnersStopResource {
  private final SignIns signIns;
  private final Asking asking;

  OwnersStopResource(SignIns signIns, Asking asking) {
    this.signIns = signIns;
    this.asking = asking;
  }

  /** All of everybody, also the one that asks; whoever may sign in may do so again. */
  @POST
  public EndedAnswer endAll(@Nullable EmergencyRequest request) {
    asking.access().require(Action.SERVER_STOP, Resource.ofInstallation(Kind.INSTALLATION));
    boolean stopped = EmergencyRequest.require(request);
    return new EndedAnswer(stopped ? signIns.endAllOfEverybody("emergency-stop") : 0);
  }
}
