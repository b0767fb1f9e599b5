// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.storage;

import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Kind;
import dev.cofferdam.decisions.Resource;
import dev.cofferdam.edge.Access;
import dev.cofferdam.edge.AccessTokens;
import dev.cofferdam.identity.WorkspaceId;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** What the workspaces of the person whose token it is take of the disk. */
@Path("/storage")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
public class StorageResource {
  private final Storage storage;
  private final JsonWebToken token;
  private final Access access;

  StorageResource(Storage storage, JsonWebToken token) {
    this.storage = storage;
    this.token = token;
    access = new Access(token);
  }

  /**
   * By the last count of a sandbox that had it open.
   *
   * @param full whether nothing could be written to it then
   */
  public record WorkspaceStorage(UUID workspaceId, long usedBytes, boolean full) {}

  /** All workspaces together, and each that was ever counted and that the token may see. */
  public record OwnStorage(long limitBytes, long usedBytes, List<WorkspaceStorage> workspaces) {}

  @GET
  public OwnStorage own() {
    access.requireOwn(Action.SESSION_LIST);
    List<Used> all = storage.list(access.user());
    List<WorkspaceStorage> seen =
        all.stream()
            .filter(used -> access.may(Action.SESSION_LIST, resource(used)))
            .map(used -> new WorkspaceStorage(used.workspaceId, used.bytes, used.full))
            .toList();
    long sum = all.stream().mapToLong(used -> used.bytes).sum();
    return new OwnStorage(AccessTokens.quota(token).bytes(), sum, seen);
  }

  private Resource resource(Used used) {
    return Resource.in(Kind.SESSION, access.user(), new WorkspaceId(used.workspaceId));
  }
}
