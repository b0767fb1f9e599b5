// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.program;

import dev.cofferdam.auth.asking.Asking;
import dev.cofferdam.auth.signin.Account;
import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Kind;
import dev.cofferdam.decisions.Resource;
import dev.cofferdam.edge.RequestBody;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Accounts of programs and their keys, for owners and admins. */
@Path("/service-accounts")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
public class ServiceAccountResource {
  private final ServiceAccounts accounts;
  private final Keys keys;
  private final Asking asking;
  private final InstantSource clock = InstantSource.system();

  ServiceAccountResource(ServiceAccounts accounts, Keys keys, Asking asking) {
    this.accounts = accounts;
    this.keys = keys;
    this.asking = asking;
  }

  public record AddRequest(@Nullable String name) {}

  public record ChangeRequest(@Nullable Boolean disabled) {}

  @Schema(name = "ServiceAccount")
  public record Answer(UUID id, String name, String role, boolean disabled, Instant createdAt) {
    static Answer of(Account a) {
      return new Answer(a.id(), a.name(), a.role().wireName(), a.isDisabled(), a.createdAt());
    }
  }

  @GET
  public List<Answer> list() {
    require(Action.SERVICE_ACCOUNT_LIST);
    return accounts.list().stream().map(Answer::of).toList();
  }

  @POST
  @ResponseStatus(201)
  @APIResponseSchema(
      value = Answer.class,
      responseCode = "201",
      responseDescription = "The new service account")
  @APIResponse(
      responseCode = "409",
      description =
          "The name is taken, there is no room, or this server is for one person (name-taken, too-many-people, too-many-service-accounts, one-person-only)")
  public Answer add(@Nullable AddRequest request) {
    require(Action.SERVICE_ACCOUNT_CREATE);
    String name = Names.require("name", RequestBody.require(request).name());
    return Answer.of(accounts.add(name, asking.user()));
  }

  @PATCH
  @Path("/{id}")
  @APIResponse(responseCode = "200", description = "As it is now")
  @APIResponse(
      responseCode = "409",
      description =
          "There is no room for one more, or this server is for one person (too-many-service-accounts, one-person-only)")
  public Answer change(@RestPath String id, @Nullable ChangeRequest request) {
    require(Action.SERVICE_ACCOUNT_CHANGE);
    Boolean disabled = RequestBody.require(request).disabled();
    if (disabled == null) {
      throw new ProblemException(Problem.badField("disabled", "true or false"));
    }
    Account account = account(Action.SERVICE_ACCOUNT_CHANGE, id);
    return Answer.of(accounts.setDisabled(account.id(), disabled, asking.user()));
  }

  @GET
  @Path("/{id}/api-keys")
  public List<KeyAnswer> listKeys(@RestPath String id) {
    Account account = account(Action.SERVICE_ACCOUNT_KEY_LIST, id);
    return keys.listOf(account.user()).stream().map(KeyAnswer::of).toList();
  }

  @POST
  @Path("/{id}/api-keys")
  @ResponseStatus(201)
  @APIResponseSchema(
      value = KeyAnswer.WithText.class,
      responseCode = "201",
      responseDescription = "The key; its text is told this once")
  @APIResponse(responseCode = "409", description = "There are 100 keys (too-many-keys)")
  public KeyAnswer.WithText createKey(@RestPath String id, @Nullable KeyRequest request) {
    require(Action.SERVICE_ACCOUNT_KEY_CREATE);
    Account account = account(Action.SERVICE_ACCOUNT_KEY_CREATE, id);
    Keys.Wanted wanted = RequestBody.require(request).checked(clock.instant());
    return KeyAnswer.WithText.of(keys.make(account.user(), asking.bearer(), wanted));
  }

  @DELETE
  @Path("/{id}/api-keys/{keyId}")
  public void revokeKey(@RestPath String id, @RestPath String keyId) {
    Account account = account(Action.SERVICE_ACCOUNT_KEY_REVOKE, id);
    ApiKey key =
        KeyResource.known(keyId)
            .flatMap(keys::find)
            .filter(k -> k.user().equals(account.user()))
            .orElseThrow(() -> new ProblemException(Problem.notFound("API key")));
    keys.revoke(key, asking.user());
  }

  private void require(Action action) {
    asking.access().require(action, Resource.ofInstallation(Kind.SERVICE_ACCOUNT));
  }

  private Account account(Action action, String id) {
    asking.access().admit(action, Resource.ofInstallation(Kind.SERVICE_ACCOUNT));
    return asking
        .access()
        .require(
            action,
            KeyResource.known(id).flatMap(accounts::find),
            a ->
                new Resource(
                    Kind.SERVICE_ACCOUNT,
                    java.util.Optional.of(a.user()),
                    java.util.Optional.empty(),
                    java.util.Set.of(a.role())));
  }
}
