// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.signin;

import dev.cofferdam.auth.asking.Asking;
import dev.cofferdam.auth.signin.SignInResource.EmergencyRequest;
import dev.cofferdam.auth.signin.SignInResource.EndedAnswer;
import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Kind;
import dev.cofferdam.decisions.Resource;
import dev.cofferdam.edge.RequestBody;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** An owner's part of the emergency stop here; what is open, session-service ends. */
@Path("/emergency-stop")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
public class OwnersStopResource {
  private final EmergencyStop stop;
  private final VaultSeal vault;
  private final Asking asking;

  OwnersStopResource(EmergencyStop stop, VaultSeal vault, Asking asking) {
    this.stop = stop;
    this.vault = vault;
    this.asking = asking;
  }

  /**
   * @param sealing whether Vault is sealed once all have ended; only together with {@code stopped}
   */
  public record OwnersStopRequest(@Nullable Boolean stopped, @Nullable Boolean sealing) {
    static OwnersStopRequest require(@Nullable OwnersStopRequest request) {
      OwnersStopRequest given = RequestBody.require(request);
      if (!EmergencyRequest.stops(given.stopped()) && given.seals()) {
        throw new ProblemException(Problem.badField("sealing", "true only with stopped: true"));
      }
      return given;
    }

    boolean stops() {
      return Boolean.TRUE.equals(stopped);
    }

    boolean seals() {
      return Boolean.TRUE.equals(sealing);
    }
  }

  /**
   * All of everybody, also the one that asks. Whoever may sign in may do so again, but while Vault
   * is sealed there is no token for it.
   */
  @POST
  @APIResponse(responseCode = "200", description = "How much ended")
  @APIResponse(
      responseCode = "409",
      description =
          "All ended, but Vault refused to be sealed or did not answer (vault-not-sealed)")
  public EndedAnswer endAll(@Nullable OwnersStopRequest request) {
    asking.access().require(Action.SERVER_STOP, Resource.ofInstallation(Kind.INSTALLATION));
    OwnersStopRequest asked = OwnersStopRequest.require(request);
    UserId owner = asking.user(); // Their sign-in is over as well once all have ended.
    AtomicInteger ended = new AtomicInteger();
    Steps steps = new Steps();
    if (asked.stops()) {
      steps.take(() -> ended.set(stop.revokeEverything(Optional.of(owner))));
    }
    if (asked.seals()) {
      steps.take(() -> vault.seal(owner));
    }
    steps.throwWhatFailed();
    return new EndedAnswer(ended.get());
  }
}
