// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.device;

import dev.cofferdam.auth.asking.Asking;
import dev.cofferdam.auth.signin.Account;
import dev.cofferdam.auth.signin.BrowserSession;
import dev.cofferdam.auth.signin.SignIns;
import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Kind;
import dev.cofferdam.decisions.Resource;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.transaction.Transactional;
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

/** Where somebody else is signed in, for those who look after people. */
@Path("/people/{person}/devices")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
public class PersonDeviceResource {
  private final Devices devices;
  private final SignIns signIns;
  private final Asking asking;

  PersonDeviceResource(Devices devices, SignIns signIns, Asking asking) {
    this.devices = devices;
    this.signIns = signIns;
    this.asking = asking;
  }

  @GET
  public List<DeviceAnswer> list(@RestPath String person) {
    Account account = require(Action.PERSON_DEVICE_LIST, person);
    UUID here = asking.signIn();
    return devices.of(account.user()).stream().map(s -> DeviceAnswer.of(s, here)).toList();
  }

  @DELETE
  @Transactional
  public Ended end(@RestPath String person) {
    Account account = require(Action.PERSON_DEVICE_END, person);
    List<UUID> all = devices.of(account.user()).stream().map(BrowserSession::id).toList();
    signIns.endAll(account.user(), Optional.empty(), "ended-by-admin");
    return new Ended(all);
  }

  private Account require(Action action, String person) {
    asking.access().admit(action, Resource.ofInstallation(Kind.PERSON));
    return asking.access().require(action, find(person), a -> Resource.person(a.user(), a.role()));
  }

  private static Optional<Account> find(String person) {
    try {
      return Account.findByIdOptional(UUID.fromString(person));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
