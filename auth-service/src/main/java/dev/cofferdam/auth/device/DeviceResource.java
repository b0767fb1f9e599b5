// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.device;

import dev.cofferdam.auth.asking.Asking;
import dev.cofferdam.auth.signin.BrowserSession;
import dev.cofferdam.auth.signin.SignIns;
import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Kind;
import dev.cofferdam.decisions.Resource;
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
  private final Asking asking;

  DeviceResource(Devices devices, SignIns signIns, Asking asking) {
    this.devices = devices;
    this.signIns = signIns;
    this.asking = asking;
  }

  @GET
  public List<DeviceAnswer> list() {
    asking.access().requireOwn(Action.DEVICE_LIST);
    UUID here = asking.signIn();
    return devices.of(asking.user()).stream().map(s -> DeviceAnswer.of(s, here)).toList();
  }

  @DELETE
  @Path("/{id}")
  public Ended end(@RestPath String id) {
    BrowserSession session =
        asking
            .access()
            .require(
                Action.DEVICE_END,
                find(devices, id),
                s -> Resource.of(Kind.DEVICE, new UserId(s.accountId())));
    signIns.end(session.id(), asking.user(), ELSEWHERE);
    return new Ended(List.of(session.id()));
  }

  /** All but the one that asks. */
  @DELETE
  public Ended endOthers() {
    asking.access().requireOwn(Action.DEVICE_END);
    UUID here = asking.signIn();
    List<UUID> others =
        devices.of(asking.user()).stream()
            .map(BrowserSession::id)
            .filter(id -> !id.equals(here))
            .toList();
    signIns.endAll(asking.user(), Optional.of(here), ELSEWHERE);
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
