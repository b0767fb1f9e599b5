// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.auth.signin.Account;
import dev.cofferdam.auth.signin.Method;
import dev.cofferdam.auth.signin.Proof;
import dev.cofferdam.auth.signin.SignIns;
import dev.cofferdam.auth.token.AccessTokens;
import dev.cofferdam.identity.Quota;
import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.SshHome;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A token is good for five minutes by itself, and the gateway keeps it as long while it hears of no
 * end: here it is worth nothing from the moment that its sign-in ends.
 */
@QuarkusTest
@QuarkusTestResource(AuthServers.class)
class EndedTokenIT {
  @Inject AccessTokens tokens;
  @Inject SignIns signIns;
  @Inject EntityManager database;

  Servers servers;
  final SshHome home = new SshHome();

  @AfterEach
  void forgetTheKey() {
    home.close();
  }

  @Test
  void everyRouteRefusesTheTokenOfAnEndedSignIn() throws IOException {
    Somebody owner = Somebody.owner(servers);
    assertThat(owner.get("/me").statusCode()).isEqualTo(200);
    Caller.of(servers, "gateway").post("/internal/sign-outs", Map.of("secret", owner.secret()));
    assertThat(letIn(owner.bearer())).isEmpty();
  }

  @Test
  void everyRouteRefusesTheTokenOfARevokedKey() throws IOException {
    Known known = QuarkusTransaction.requiringNew().call(() -> program(Role.OWNER));
    String bearer = bearer(known, Role.OWNER, Optional.of("workspace.list"));
    assertThat(send(new Routes.Route("GET", "/me"), bearer).statusCode()).isEqualTo(403);
    QuarkusTransaction.requiringNew()
        .run(
            () ->
                database
                    .createNativeQuery("update api_key set revoked_at = now() where id = :id")
                    .setParameter("id", known.signIn())
                    .executeUpdate());
    assertThat(letIn(bearer)).isEmpty();
  }

  @Test
  void everyRouteRefusesTheTokenOfSomebodyWhoIsSwitchedOff() throws IOException {
    Somebody member = Somebody.fresh(servers, "member", home);
    Response off =
        Somebody.owner(servers).patch("/people/" + member.id(), Map.of("disabled", true));
    assertThat(off.statusCode()).isEqualTo(200);
    assertThat(letIn(member.bearer())).isEmpty();
  }

  @Test
  void aDemotedAdminMakesNoKeysWithTheTokenFromBefore() {
    Somebody admin = Somebody.fresh(servers, "admin", home);
    Somebody owner = Somebody.owner(servers);
    String account =
        owner.post("/service-accounts", Map.of("name", "robot " + UUID.randomUUID())).path("id");
    String keys = "/service-accounts/" + account + "/api-keys";
    assertThat(admin.post(keys, NightlyKey.wanted()).statusCode()).isEqualTo(201);
    owner.patch("/people/" + admin.id(), Map.of("role", "member"));
    Answers.refused(admin.post(keys, NightlyKey.wanted()), 401, "signed-out");
    Answers.refused(admin.post("/api-keys", NightlyKey.wanted()), 401, "signed-out");
  }

  @Test
  void theRoleIsThatOfNowAndNotThatOfTheToken() {
    Known member = QuarkusTransaction.requiringNew().call(() -> person(Role.MEMBER));
    String bearer = bearer(member, Role.ADMIN, Optional.empty());
    for (String path :
        List.of("/service-accounts", "/people", "/people/" + member.user() + "/devices")) {
      assertThat(send(new Routes.Route("GET", path), bearer).statusCode()).as(path).isEqualTo(403);
    }
    assertThat(send(new Routes.Route("GET", "/me"), bearer).<String>path("role"))
        .isEqualTo("member");
  }

  /** What did not answer that nobody is signed in. */
  private static List<String> letIn(String bearer) throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Routes.Route route : Routes.forPeople()) {
      int status = send(route, bearer).statusCode();
      if (status != 401) {
        wrong.add(route + ": " + status);
      }
    }
    return wrong;
  }

  private static Response send(Routes.Route route, String bearer) {
    return given()
        .header("Authorization", "Bearer " + bearer)
        .contentType("application/json")
        .body("{}")
        .request(route.method(), route.path());
  }

  private record Known(UserId user, UUID signIn) {}

  private String bearer(Known who, Role role, Optional<String> scopes) {
    return tokens
        .issue(
            new AccessTokens.Bearer(who.user(), role, who.signIn(), "link", "", scopes),
            new Quota(10, 10, 1L << 30),
            "auth-service")
        .token();
  }

  private static Account account(Role role) {
    Account account = Account.person("p-" + UUID.randomUUID(), role, Instant.now());
    account.persistAndFlush();
    return account;
  }

  private Known program(Role role) {
    Account account = account(role);
    return new Known(
        account.user(), ProgramKeys.insert(database, account.user(), "workspace.list"));
  }

  private Known person(Role role) {
    Account account = account(role);
    Proof proof = Proof.of(Method.LINK, "", "test", "127.0.0.1");
    return new Known(account.user(), signIns.open(account, proof).session().id());
  }
}
