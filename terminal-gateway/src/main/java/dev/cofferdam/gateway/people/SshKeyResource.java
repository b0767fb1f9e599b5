// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.people;

import dev.cofferdam.gateway.door.Nothing;
import dev.cofferdam.gateway.people.Shapes.KeyChallenge;
import dev.cofferdam.gateway.people.Shapes.ProvenSshKey;
import dev.cofferdam.gateway.people.Shapes.SshKey;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** SSH keys of who is signed in. */
@Path("/api/ssh-keys")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@APIResponse(responseCode = "401", description = "Nobody is signed in")
@APIResponse(responseCode = "503", description = "auth-service does not answer")
public class SshKeyResource {
  private static final String KEYS = "/ssh-keys";

  private final AuthRoutes auth;

  SshKeyResource(AuthRoutes auth) {
    this.auth = auth;
  }

  @GET
  @Operation(summary = "The keys that sign you in")
  @APIResponse(responseCode = "200", description = "Oldest first")
  public List<SshKey> list() {
    return auth.list(KEYS, SshKey.class);
  }

  @POST
  @Path("/challenges")
  @ResponseStatus(201)
  @Operation(summary = "Ask for what a key has to sign to be added to yours")
  @APIResponseSchema(
      value = KeyChallenge.class,
      responseCode = "201",
      responseDescription = "For this sign-in, for one key, for 5 minutes")
  @APIResponse(responseCode = "409", description = "You have 50 keys (too-many-keys)")
  @APIResponse(
      responseCode = "429",
      description = "32 wait already; Retry-After says how long (too-many-tries)")
  public KeyChallenge challenge(@Nullable Nothing request) {
    return auth.send("POST", KEYS + "/challenges", Map.of(), KeyChallenge.class);
  }

  @POST
  @ResponseStatus(201)
  @Operation(summary = "Add the key that has signed the challenge")
  @APIResponseSchema(
      value = SshKey.class,
      responseCode = "201",
      responseDescription =
          "It signs you in from now on; where it stood unproven for somebody else, it is revoked")
  @APIResponse(
      responseCode = "400",
      description =
          "A field breaks a rule, the signature is of something else, or the key of a kind that is"
              + " not taken (other-namespace, signature-not-valid, key-not-taken)")
  @APIResponse(
      responseCode = "409",
      description = "The key is proven already, or you have 50 (key-in-use, too-many-keys)")
  @APIResponse(
      responseCode = "410",
      description = "The challenge was used, expired or another's (challenge-spent)")
  public SshKey add(@Nullable ProvenSshKey key) {
    return auth.send("POST", KEYS, AuthRoutes.require(key), SshKey.class);
  }

  @DELETE
  @Path("/{id}")
  @Operation(summary = "Revoke a key of yours; what it opened ends")
  @APIResponse(responseCode = "204", description = "It signs nobody in any more")
  @APIResponse(responseCode = "404", description = "You have no key of this id")
  public void revoke(@RestPath String id, @Nullable Nothing request) {
    auth.delete(KEYS + "/" + AuthRoutes.id(id, "SSH key"));
  }
}
