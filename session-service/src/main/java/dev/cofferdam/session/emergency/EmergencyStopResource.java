// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.emergency;

import dev.cofferdam.edge.AdmitCaller;
import dev.cofferdam.edge.RequestBody;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** For whoever may use the supervisor. */
@Path("/internal/emergency-stop")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@AdmitCaller("stack")
@RunOnVirtualThread
public class EmergencyStopResource {
  private final StopAndLock stop;

  EmergencyStopResource(StopAndLock stop) {
    this.stop = stop;
  }

  /**
   * @param sealing that Vault is sealed behind it; only together with {@code stopped}
   */
  public record StopRequest(@Nullable Boolean stopped, @Nullable Boolean sealing) {
    static StopRequest require(@Nullable StopRequest request) {
      StopRequest given = RequestBody.require(request);
      if (given.stopped() == null) {
        throw new ProblemException(Problem.badField("stopped", "true or false"));
      }
      if (given.seals() && !given.stops()) {
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
   * @param locking how many sessions were open, and are ended now
   */
  public record StopAnswer(boolean stopped, int locking) {}

  /** Repeating it ends what may be left. */
  @POST
  public StopAnswer set(@Nullable StopRequest request) {
    return stop.change(StopRequest.require(request), Optional.empty());
  }
}
