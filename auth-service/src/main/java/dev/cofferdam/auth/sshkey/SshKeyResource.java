// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.sshkey;

import dev.cofferdam.auth.asking.Asking;
import dev.cofferdam.auth.asking.RowId;
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
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Keys of who asks. */
@Path("/ssh-keys")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
public class SshKeyResource {
  private final SshKeys keys;
  private final Asking asking;

  SshKeyResource(SshKeys keys, Asking asking) {
    this.keys = keys;
    this.asking = asking;
  }

  /** The key is in its signature; without a name it is called by its type. */
  @Schema(name = "ProvenSshKey")
  public record ProvenKey(
      @Nullable String name, @Nullable String challengeId, @Nullable String signature) {}

  @GET
  public List<KeyAnswer> list() {
    asking.access().requireOwn(Action.SSH_KEY_LIST);
    return keys.list(asking.user()).stream().map(KeyAnswer::of).toList();
  }

  @POST
  @Path("/challenges")
  @Consumes(MediaType.WILDCARD)
  @ResponseStatus(201)
  @APIResponseSchema(
      value = KeyChallengeAnswer.class,
      responseCode = "201",
      responseDescription = "For this sign-in, for one key, for 5 minutes")
  @APIResponse(responseCode = "409", description = "There are 50 keys (too-many-keys)")
  @APIResponse(responseCode = "429", description = "32 wait already (too-many-tries)")
  public KeyChallengeAnswer challenge() {
    asking.access().requireOwn(Action.SSH_KEY_ADD);
    return KeyChallengeAnswer.of(keys.challenge(asking.bearer()));
  }

  @POST
  @ResponseStatus(201)
  @APIResponseSchema(
      value = KeyAnswer.class,
      responseCode = "201",
      responseDescription = "The new key")
  @APIResponse(
      responseCode = "400",
      description =
          "A field breaks a rule, the signature is of something else, or the key of a kind that is"
              + " not taken (other-namespace, signature-not-valid, key-not-taken)")
  @APIResponse(
      responseCode = "409",
      description = "The key is in use, or there are as many as may be (key-in-use, too-many-keys)")
  @APIResponse(
      responseCode = "410",
      description = "The challenge was used, has expired or is another's (challenge-spent)")
  public KeyAnswer add(@Nullable ProvenKey body) {
    asking.access().requireOwn(Action.SSH_KEY_ADD);
    ProvenKey request = RequestBody.require(body);
    Signed signed = Signed.read(request.challengeId(), request.signature());
    return KeyAnswer.of(keys.addOwn(asking.bearer(), request.name(), signed));
  }

  @DELETE
  @Path("/{id}")
  @Consumes(MediaType.WILDCARD)
  public void revoke(@RestPath String id) {
    SshKey key =
        asking
            .access()
            .require(
                Action.SSH_KEY_REVOKE, find(id), found -> Resource.of(Kind.SSH_KEY, found.owner()));
    keys.revoke(key, asking.user());
  }

  private Optional<SshKey> find(String id) {
    return RowId.find(id).flatMap(keys::find);
  }
}
