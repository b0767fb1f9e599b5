// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.storage;

import dev.cofferdam.edge.AdmitCaller;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;

/** The gateway says whose ciphertext was removed. */
@Path("/internal/storage")
@AdmitCaller("gateway")
@RunOnVirtualThread
public class ClearedResource {
  private final Storage storage;

  ClearedResource(Storage storage) {
    this.storage = storage;
  }

  /** Repeating it changes nothing. */
  @DELETE
  @Path("/{id}")
  @ResponseStatus(204)
  public void cleared(@RestPath String id) {
    try {
      storage.forget(WorkspaceId.parse(id));
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.notFound("workspace"), e);
    }
  }
}
