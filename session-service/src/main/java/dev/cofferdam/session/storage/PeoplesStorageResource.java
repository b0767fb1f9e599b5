// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.storage;

import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Kind;
import dev.cofferdam.decisions.Resource;
import dev.cofferdam.edge.Access;
import dev.cofferdam.refusals.Look;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.event.Event;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** What everybody takes of the disk, for owners and admins: how much, and nothing of what it is. */
@Path("/storage/people")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
public class PeoplesStorageResource {
  private final Storage storage;
  private final Access access;

  PeoplesStorageResource(Storage storage, JsonWebToken token, Event<Look> looks) {
    this.storage = storage;
    access = new Access(token, looks::fire);
  }

  /** Those of whom something was ever counted, by who takes most; at most a thousand. */
  @GET
  public List<PersonStorage> ofEverybody() {
    access.require(Action.PERSON_STORAGE_LIST, Resource.ofInstallation(Kind.PERSON));
    return storage.ofEverybody();
  }
}
