// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.device;

import dev.cofferdam.auth.signin.BrowserSession;
import dev.cofferdam.auth.signin.SignIns;
import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Kind;
import dev.cofferdam.decisions.Resource;
import dev.cofferdam.edge.Access;
import dev.cofferdam.edge.AccessTokens;
import dev.cofferdam.identity.UserId;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.RestPath;

/** Where the person whose token it is is signed in. */
@Path("/devices")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
public class DeviceResource {
  static final String ELSEWHERE = "ended-elsewhere";

  private final Devices devices;
  private final SignIns signIns;
  private final JsonWebToken token;
  private final Access access;

  DeviceResource(Devices devices, SignIns signIns, JsonWebToken token) {
    this.devices = devices;
    this.signIns = signIns;
    this.token = token;
    access = new Access(token);
  }

  @GET
  public List<DeviceAnswer> list() {
    access.requireOwn(Action.DEVICE_LIST);
    UUID asking = AccessTokens.person(token).signIn();
    return devices.of(access.user()).stream().map(s -> DeviceAnswer.of(s, asking)).toList();
  }

  @DELETE
  @Path("/{id}")
  public Ended end(@RestPath String id) {
    BrowserSession session =
        access.require(
            Action.DEVICE_END,
            find(devices, id),
            s -> Resource.of(Kind.DEVICE, new UserId(s.accountId())));
    signIns.end(session.id(), access.user(), ELSEWHERE);
    return new Ended(List.of(session.id()));
  }

  /** All but the one that asks. */
  @DELETE
  public Ended endOthers() {
    access.requireOwn(Action.DEVICE_END);
    UUID asking = AccessTokens.person(token).signIn();
    List<UUID> others =
        devices.of(access.user()).stream()
            .map(BrowserSession::id)
            .filter(id -> !id.equals(asking))
            .toList();
    signIns.endAll(access.user(), Optional.of(asking), ELSEWHERE);
    return new Ended(others);
  }

  static Optional<BrowserSession> find(Devices devices, String id) {
    try {
      return devices.find(UUID.fromString(id));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
