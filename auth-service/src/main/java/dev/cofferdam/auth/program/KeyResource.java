// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.program;

import dev.cofferdam.auth.asking.Asking;
import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Kind;
import dev.cofferdam.decisions.Resource;
import dev.cofferdam.edge.RequestBody;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** API keys of the person whose token it is. */
@Path("/api-keys")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
public class KeyResource {
  private final Keys keys;
  private final Asking asking;
  private final InstantSource clock = InstantSource.system();

  KeyResource(Keys keys, Asking asking) {
    this.keys = keys;
    this.asking = asking;
  }

  @GET
  public List<KeyAnswer> list() {
    asking.access().requireOwn(Action.API_KEY_LIST);
    return keys.listOf(asking.user()).stream().map(KeyAnswer::of).toList();
  }

  @POST
  @ResponseStatus(201)
  @APIResponseSchema(
      value = KeyAnswer.WithText.class,
      responseCode = "201",
      responseDescription = "The key; its text is told this once")
  @APIResponse(responseCode = "409", description = "There are 100 keys (too-many-keys)")
  public KeyAnswer.WithText create(@Nullable KeyRequest request) {
    asking.access().requireOwn(Action.API_KEY_CREATE);
    Keys.Wanted wanted = RequestBody.require(request).checked(clock.instant());
    return KeyAnswer.WithText.of(keys.make(asking.user(), asking.bearer(), wanted));
  }

  @DELETE
  @Path("/{id}")
  public void revoke(@RestPath String id) {
    ApiKey key =
        asking
            .access()
            .require(
                Action.API_KEY_REVOKE,
                known(id).flatMap(keys::find),
                k -> Resource.of(Kind.API_KEY, k.user()));
    keys.revoke(key, asking.user());
  }

  static Optional<UUID> known(String text) {
    try {
      UUID id = UUID.fromString(text);
      return id.toString().equals(text) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
