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
 * Rule Z1: every row of docs/api/permissions.md is sent as every persona. Where a row is about
 * something that has an owner, the id here is of nothing, which answers like a foreign one; the
 * tests of each feature have things of their own.
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
        int status = send(row, bearer(persona, row));
        String cell = row.answers().get(persona);
        if (!answered(row, cell, status)) {
          wrong.add(row.route() + " " + persona + ": " + cell + ", not " + status);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static boolean answered(Row row, String cell, int status) {
    boolean ofNothing = cell.equals("yes") && row.path().contains("{") && status == 404;
    return ofNothing || Answered.as(cell, status);
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
    RequestSpecification request = given().contentType("application/json").body("{}");
    if (!bearer.isEmpty()) {
      request.header("Authorization", "Bearer " + bearer);
    }
    String path = row.path().replaceAll("\\{[a-zA-Z]+}", UUID.randomUUID().toString());
    return request.request(row.method(), path).statusCode();
  }

  private String bearer(Persona persona, Row row) {
    return switch (persona) {
      case ITS_OWNER, ANOTHER_MEMBER -> token(Role.MEMBER, Optional.empty());
      case ADMIN -> token(Role.ADMIN, Optional.empty());
      case OWNER -> token(Role.OWNER, Optional.empty());
      case AUDITOR -> token(Role.AUDITOR, Optional.empty());
      case KEY_WITH_SCOPE -> token(Role.MEMBER, Optional.of(scopes(row, true)));
      case KEY_WITHOUT_SCOPE -> token(Role.MEMBER, Optional.of(scopes(row, false)));
      case SIGNED_OUT -> "";
      case EXPIRED -> ExpiredToken.of(token(Role.MEMBER, Optional.empty()), vault);
    };
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
  private String token(Role role, Optional<String> scopes) {
    SignedIn who =
        QuarkusTransaction.requiringNew()
            .call(() -> scopes.isEmpty() ? somebody(role) : program(role, scopes.get()));
    return tokens
        .issue(
            new AccessTokens.Bearer(who.user(), role, who.signIn(), "link", "", scopes),
            new Quota(10, 10, 1L << 30),
            SERVICE)
        .token();
  }

  private SignedIn program(Role role, String scopes) {
    Account account = account(role);
    account.persistAndFlush();
    return new SignedIn(account.user(), ProgramKeys.insert(database, account.user(), scopes));
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
