// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.maintenance;

import dev.cofferdam.edge.AdmitCaller;
import dev.cofferdam.edge.RequestBody;
import dev.cofferdam.session.maintenance.MaintenanceResource.MaintenanceAnswer;
import dev.cofferdam.session.maintenance.MaintenanceResource.PlanRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** For whoever may use the supervisor: the same as owners do on the page. */
@Path("/internal/maintenance")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@AdmitCaller("stack")
@RunOnVirtualThread
public class MachineResource {
  private final Maintenance maintenance;

  MachineResource(Maintenance maintenance) {
    this.maintenance = maintenance;
  }

  @GET
  public MaintenanceAnswer now() {
    return MaintenanceAnswer.of(maintenance.now());
  }

  /** From now on nothing opens; again changes the time and the notice. */
  @PUT
  public MaintenanceAnswer plan(@Nullable PlanRequest request) {
    PlanRequest given = RequestBody.require(request);
    return MaintenanceAnswer.of(
        Optional.of(maintenance.plan(given.untilLock(), given.line(), Optional.empty())));
  }

  /** Workspaces may open again. */
  @DELETE
  @Consumes(MediaType.WILDCARD)
  public MaintenanceAnswer end() {
    maintenance.end(Optional.empty());
    return MaintenanceAnswer.of(Optional.empty());
  }
}
