// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.people;

import dev.cofferdam.auth.asking.Asking;
import dev.cofferdam.auth.asking.RowId;
import dev.cofferdam.auth.signin.Account;
import dev.cofferdam.auth.signin.PersonName;
import dev.cofferdam.auth.sshkey.NewKey;
import dev.cofferdam.auth.sshkey.SshKeys;
import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Kind;
import dev.cofferdam.decisions.Resource;
import dev.cofferdam.edge.RequestBody;
import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** People, for owners and admins. */
@Path("/people")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
public class PeopleResource {
  private final People people;
  private final Quotas quotas;
  private final SshKeys keys;
  private final Asking asking;

  PeopleResource(People people, Quotas quotas, SshKeys keys, Asking asking) {
    this.people = people;
    this.quotas = quotas;
    this.keys = keys;
    this.asking = asking;
  }

  /** A person, with a first key if there is one. */
  @Schema(name = "NewPerson")
  public record PersonRequest(
      @Nullable String name,
      @Nullable String role,
      @Nullable String publicKey,
      @Nullable String keyName) {}

  /** What is left out stays as it is. */
  @Schema(name = "PersonChange")
  public record ChangeRequest(
      @Nullable String role, @Nullable Boolean disabled, @Nullable QuotaChange quotas) {}

  @GET
  public List<PersonAnswer> list() {
    asking.access().require(Action.PEOPLE_LIST, Resource.ofInstallation(Kind.PERSON));
    return people.list().stream().map(this::answer).toList();
  }

  @POST
  @ResponseStatus(201)
  @Transactional
  @APIResponseSchema(
      value = PersonAnswer.class,
      responseCode = "201",
      responseDescription = "The new account")
  @APIResponse(
      responseCode = "409",
      description =
          "The name is taken, the key in use, there is no room, or this server is for one person (name-taken, key-in-use, too-many-people, one-person-only)")
  public PersonAnswer add(@Nullable PersonRequest body) {
    Resource somebody = Resource.ofInstallation(Kind.PERSON);
    asking.access().require(Action.PERSON_ADD, somebody);
    PersonRequest request = RequestBody.require(body);
    PersonName name = PersonName.parse("name", request.name());
    Role role = role(request.role());
    asking.access().require(Action.PERSON_ADD, somebody.becoming(role));
    Optional<NewKey> key =
        Optional.ofNullable(request.publicKey()).map(line -> NewKey.read(request.keyName(), line));
    UserId me = asking.user();
    Account account = people.add(name, role, me);
    key.ifPresent(first -> keys.vouch(account.user(), asking.bearer(), first));
    return answer(account);
  }

  @PATCH
  @Path("/{id}")
  @Transactional
  @APIResponse(responseCode = "200", description = "As it is now")
  @APIResponse(
      responseCode = "409",
      description = "The last owner, or oneself switched off (last-owner, own-account)")
  public PersonAnswer change(@RestPath String id, @Nullable ChangeRequest body) {
    Account account = require(Action.PERSON_CHANGE, id);
    ChangeRequest request = RequestBody.require(body);
    UserId me = asking.user();
    if (request.quotas() != null) {
      quotas.change(account.user(), request.quotas().requireInRange(), me);
    }
    if (request.role() != null) {
      Role role = role(request.role());
      asking
          .access()
          .require(
              Action.PERSON_CHANGE, Resource.person(account.user(), account.role()).becoming(role));
      people.changeRole(account.id(), role, me);
    }
    if (request.disabled() != null) {
      switchTo(!request.disabled(), account.id(), me);
    }
    return answer(account);
  }

  private void switchTo(boolean on, UUID account, UserId by) {
    if (on) {
      people.enable(account, by);
    } else {
      people.disable(account, by);
    }
  }

  private Account require(Action action, String id) {
    return asking
        .access()
        .require(
            action,
            RowId.find(id).flatMap(people::find),
            found -> Resource.person(found.user(), found.role()));
  }

  static Role role(@Nullable String text) {
    try {
      return Role.parse(text == null ? "" : text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          Problem.badField("role", "one of owner, admin, member, auditor"), e);
    }
  }

  private PersonAnswer answer(Account account) {
    return new PersonAnswer(
        account.id().toString(),
        account.name(),
        account.role().wireName(),
        account.isDisabled(),
        account.createdAt().toString(),
        PersonAnswer.Quotas.of(quotas.of(account.id())));
  }
}
