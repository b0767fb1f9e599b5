// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.people;

import dev.cofferdam.auth.asking.Asking;
import dev.cofferdam.auth.asking.RowId;
import dev.cofferdam.auth.signin.Account;
import dev.cofferdam.auth.sshkey.KeyAnswer;
import dev.cofferdam.auth.sshkey.NewKey;
import dev.cofferdam.auth.sshkey.SshKey;
import dev.cofferdam.auth.sshkey.SshKeys;
import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Resource;
import dev.cofferdam.edge.RequestBody;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
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
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Keys of others, for owners and admins. */
@Path("/people/{person}/ssh-keys")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
public class PersonKeyResource {
  private final People people;
  private final SshKeys keys;
  private final Asking asking;

  PersonKeyResource(People people, SshKeys keys, Asking asking) {
    this.people = people;
    this.keys = keys;
    this.asking = asking;
  }

  /** One line of a .pub file; without a name it gets the comment in it. */
  @Schema(name = "NewSshKey")
  public record KeyRequest(@Nullable String name, @Nullable String publicKey) {}

  @GET
  public List<KeyAnswer> list(@RestPath String person) {
    Account account = require(Action.PERSON_KEY_LIST, person);
    return keys.list(account.user()).stream().map(KeyAnswer::of).toList();
  }

  @POST
  @ResponseStatus(201)
  @APIResponseSchema(
      value = KeyAnswer.class,
      responseCode = "201",
      responseDescription = "The new key")
  @APIResponse(
      responseCode = "409",
      description =
          "The key is in use, or there are as many as may be (key-in-use, too-many-keys, own-account)")
  public KeyAnswer add(@RestPath String person, @Nullable KeyRequest body) {
    Account account = require(Action.PERSON_KEY_ADD, person);
    KeyRequest request = RequestBody.require(body);
    if (account.user().equals(asking.user())) {
      throw new ProblemException(
          Problem.of(
              "own-account",
              409,
              "This is your own account",
              "Add your key under Settings: you show there that its private half is yours."));
    }
    NewKey key = NewKey.read(request.name(), request.publicKey());
    return KeyAnswer.of(keys.vouch(account.user(), asking.bearer(), key));
  }

  @DELETE
  @Path("/{id}")
  @Consumes(MediaType.WILDCARD)
  public void revoke(@RestPath String person, @RestPath String id) {
    Account account = require(Action.PERSON_KEY_REVOKE, person);
    SshKey key =
        RowId.find(id)
            .flatMap(keys::find)
            .filter(found -> found.owner().equals(account.user()))
            .orElseThrow(() -> new ProblemException(Problem.notFound("SSH key")));
    keys.revoke(key, asking.user());
  }

  private Account require(Action action, String person) {
    return asking
        .access()
        .require(
            action,
            RowId.find(person).flatMap(people::find),
            found -> Resource.person(found.user(), found.role()));
  }
}
