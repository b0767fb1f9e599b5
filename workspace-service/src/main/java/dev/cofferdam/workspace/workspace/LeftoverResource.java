// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.workspace.workspace;

import dev.cofferdam.edge.AdmitCaller;
import dev.cofferdam.identity.WorkspaceId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;

/** The gateway has ciphertext of deleted workspaces removed until none is left. */
@Path("/internal/leftovers")
@Produces(MediaType.APPLICATION_JSON)
@AdmitCaller("gateway")
@RunOnVirtualThread
public class LeftoverResource {
  public record LeftoversAnswer(List<UUID> workspaceIds) {}

  /** At most a hundred, the oldest first. */
  @GET
  public LeftoversAnswer list() {
    return new LeftoversAnswer(QuarkusTransaction.requiringNew().call(Leftover::some));
  }

  /** Its ciphertext is gone. Repeating it changes nothing. */
  @DELETE
  @Path("/{id}")
  @ResponseStatus(204)
  public void removed(@RestPath String id) {
    WorkspaceId workspace = WorkspaceResource.id(id);
    QuarkusTransaction.requiringNew()
        .run(() -> Leftover.deleteById(UUID.fromString(workspace.toString())));
  }
}
