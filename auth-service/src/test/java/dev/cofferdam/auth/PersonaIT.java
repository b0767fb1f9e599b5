// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.auth.signin.Account;
import dev.cofferdam.auth.signin.Method;
import dev.cofferdam.auth.signin.Proof;
import dev.cofferdam.auth.signin.SignIns;
import dev.cofferdam.auth.token.AccessTokens;
import dev.cofferdam.decisions.Action;
import dev.cofferdam.identity.Quota;
import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.permission.Answered;
import dev.cofferdam.testkit.permission.PermissionTable;
import dev.cofferdam.testkit.permission.PermissionTable.Row;
import dev.cofferdam.testkit.permission.Persona;
import dev.cofferdam.vault.VaultJson;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Rule Z1: every row of docs/api/permissions.md is sent as every persona. What has an owner is
 * there and somebody's; other ids are of nothing, and whoever may act on such a thing hears that it
 * is unknown.
 */
@QuarkusTest
@QuarkusTestResource(AuthServers.class)
class PersonaIT {
  private static final String SERVICE = "auth-service";

  @Inject AccessTokens tokens;
  @Inject SignIns signIns;
  @Inject EntityManager database;
  @Inject VaultJson vault;

  Servers servers;

  @Test
  void eachRouteAnswersEachPersonaAsTheTableSays() {
    List<String> wrong = new ArrayList<>();
    for (Row row : PermissionTable.ofService(SERVICE)) {
      for (Persona persona : Persona.values()) {
        String cell = row.answers().get(persona);
        String answer =
            row.whose().equals("its") ? sendOfItsOwner(row, persona) : sendOfAll(row, persona);
        if (!answer.equals(cell)) {
          wrong.add(row.route() + " " + persona + ": " + cell + ", not " + answer);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** Its cell, or the status that was another. */
  private String sendOfAll(Row row, Persona persona) {
    int status = send(row, bearer(persona, row, Optional.empty()));
    String cell = row.answers().get(persona);
    boolean ofNothing = cell.equals("yes") && row.path().contains("{") && status == 404;
    return ofNothing || Answered.as(cell, status) ? cell : Integer.toString(status);
  }

  /** The same of somebody's thing, which is gone if it was answered and there if it was not. */
  private String sendOfItsOwner(Row row, Persona persona) {
    OwnThings kind = OwnThings.at(row.path());
    SignedIn owner = QuarkusTransaction.requiringNew().call(() -> somebody(Role.MEMBER));
    UUID thing =
        QuarkusTransaction.requiringNew()
            .call(() -> kind.make(database, signIns, Account.findById(owner.user().value())));
    int status = send(row, bearer(persona, row, Optional.of(owner)), thing);
    boolean there = QuarkusTransaction.requiringNew().call(() -> kind.isThere(database, thing));
    String cell = row.answers().get(persona);
    if (!Answered.as(cell, status)) {
      return Integer.toString(status);
    }
    return there == cell.equals("yes") ? (there ? "still there" : "gone") : cell;
  }

  @Test
  void eachRouteBetweenPartsAdmitsItsPartOnly() {
    for (Row row : PermissionTable.ofService(SERVICE)) {
      for (String part : List.of("gateway", "session", "workspace", "stack")) {
        if (row.isForParts()) {
          int status = send(row, servers.credential(part));
          assertThat(status != 403)
              .as(row.route() + " " + part)
              .isEqualTo(List.of(row.part().split(", ")).contains(part));
        }
      }
    }
  }

  private static int send(Row row, String bearer) {
    return send(row, bearer, UUID.randomUUID());
  }

  private static int send(Row row, String bearer, UUID thing) {
    RequestSpecification request = given().contentType("application/json").body("{}");
    if (!bearer.isEmpty()) {
      request.header("Authorization", "Bearer " + bearer);
    }
    String path = row.path().replaceAll("\\{[a-zA-Z]+}", thing.toString());
    return request.request(row.method(), path).statusCode();
  }

  /**
   * @param owner whose the thing is; of what is nobody's everybody is somebody new
   */
  private String bearer(Persona persona, Row row, Optional<SignedIn> owner) {
    return switch (persona) {
      case ITS_OWNER -> ofOwner(owner);
      case ANOTHER_MEMBER -> token(Role.MEMBER);
      case ADMIN -> token(Role.ADMIN);
      case OWNER -> token(Role.OWNER);
      case AUDITOR -> token(Role.AUDITOR);
      case KEY_WITH_SCOPE -> program(owner, scopes(row, true));
      case KEY_WITHOUT_SCOPE -> program(owner, scopes(row, false));
      case SIGNED_OUT -> "";
      case EXPIRED -> ExpiredToken.of(ofOwner(owner), vault);
    };
  }

  private String ofOwner(Optional<SignedIn> owner) {
    return owner
        .map(who -> token(who, Role.MEMBER, Optional.empty()))
        .orElseGet(() -> token(Role.MEMBER));
  }

  private static String scopes(Row row, boolean just) {
    return Arrays.stream(Action.values())
        .filter(Action::isForPrograms)
        .map(Action::word)
        .filter(word -> word.equals(row.action()) == just)
        .collect(Collectors.joining(" "));
  }

  private record SignedIn(UserId user, UUID signIn) {}

  /** Of somebody new. */
  private String token(Role role) {
    SignedIn who = QuarkusTransaction.requiringNew().call(() -> somebody(role));
    return token(who, role, Optional.empty());
  }

  private String program(Optional<SignedIn> owner, String scopes) {
    SignedIn who =
        QuarkusTransaction.requiringNew()
            .call(
                () -> {
                  UserId user = owner.map(SignedIn::user).orElseGet(this::member);
                  return new SignedIn(user, ProgramKeys.insert(database, user, scopes));
                });
    return token(who, Role.MEMBER, Optional.of(scopes));
  }

  private UserId member() {
    Account account = account(Role.MEMBER);
    account.persistAndFlush();
    return account.user();
  }

  private String token(SignedIn who, Role role, Optional<String> scopes) {
    return tokens
        .issue(
            new AccessTokens.Bearer(who.user(), role, who.signIn(), "link", "", scopes),
            new Quota(10, 10, 1L << 30),
            SERVICE)
        .token();
  }

  private static Account account(Role role) {
    return Account.person("p-" + UUID.randomUUID(), role, Instant.now());
  }

  private SignedIn somebody(Role role) {
    Account account = account(role);
    account.persist();
    Proof proof = Proof.of(Method.LINK, "", "test", "127.0.0.1");
    return new SignedIn(account.user(), signIns.open(account, proof).session().id());
  }
}
