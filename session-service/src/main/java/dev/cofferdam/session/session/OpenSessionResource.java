// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.session;

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

/** What is open on this server, for owners and admins: whose and opened how, not what is in it. */
@Path("/open-sessions")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
public class OpenSessionResource {
  private final Sessions sessions;
  private final Access access;

  OpenSessionResource(Sessions sessions, JsonWebToken token, Event<Look> looks) {
    this.sessions = sessions;
    access = new Access(token, looks::fire);
  }

  @GET
  public List<SessionAnswer> ofEverybody() {
    access.require(Action.PERSON_SESSION_LIST, Resource.ofInstallation(Kind.PERSON));
    return sessions.listOpen().stream().map(SessionAnswer::of).toList();
  }
}
