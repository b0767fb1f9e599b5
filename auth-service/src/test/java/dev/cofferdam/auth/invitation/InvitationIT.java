// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.invitation;

import static dev.cofferdam.auth.Answers.badField;
import static dev.cofferdam.auth.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.auth.AuthServers;
import dev.cofferdam.auth.Guest;
import dev.cofferdam.auth.Somebody;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.SshHome;
import dev.cofferdam.testkit.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(AuthServers.class)
class InvitationIT {
  @Inject DataSource database;

  private static final Duration SOON = Duration.ofSeconds(20);

  Servers servers;
  Somebody owner;
  final SshHome home = new SshHome();

  @BeforeEach
  void signIn() {
    owner = Somebody.owner(servers);
  }

  @AfterEach
  void leaveHome() {
    home.close();
  }

  private Response accept(String token, String name) {
    return new Guest(servers, home).accept(token, name);
  }

  private static String fresh() {
    return "guest" + System.nanoTime();
  }

  @Test
  void whoSendsOneOrTakesItBackIsToldOf() {
    String id = owner.post("/invitations", Map.of("role", "admin")).path("id");
    assertThat(owner.delete("/invitations/" + id).statusCode()).isEqualTo(204);
    try (TopicReader security = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      assertThat(security.await(2, SOON, e -> e.contains(id)))
          .allMatch(e -> e.contains("\"by\":\"" + owner.id() + "\""))
          .satisfiesExactly(
              sent -> assertThat(sent).contains("\"invitation\"", "\"added\""),
              back -> assertThat(back).contains("\"invitation\"", "\"revoked\""));
    }
    assertThat(owner.get("/notices").asString()).as("no way in of their own").doesNotContain(id);
  }

  @Test
  void letsSomebodyInOnce() {
    Response sent = owner.post("/invitations", Map.of("role", "member"));
    assertThat(sent.statusCode()).isEqualTo(201);
    String token = sent.path("token");
    String name = fresh();
    Response accepted = accept(token, name);
    assertThat(accepted.statusCode()).as(accepted.asString()).isEqualTo(201);
    assertThat(accepted.<String>path("user.role")).isEqualTo("member");
    assertThat(accepted.<String>path("fingerprint")).isEqualTo(home.fingerprint());
    assertThat(Somebody.signIn(servers, home, Map.of("name", name)).statusCode()).isEqualTo(201);
    refused(accept(token, fresh()), 410, "invitation-spent");
    assertThat(owner.get("/invitations").<List<String>>path("id"))
        .doesNotContain(sent.<String>path("id"));
  }

  @Test
  void itsTokenIsShownOnceAndStoredAsAHash() throws SQLException {
    Response sent = owner.post("/invitations", Map.of("role", "auditor", "name", "eve"));
    String token = sent.path("token");
    assertThat(token).matches("[A-Za-z0-9_-]{43}");
    assertThat(owner.get("/invitations").asString())
        .contains(sent.<String>path("id"))
        .doesNotContain(token);
    try (Connection connection = database.getConnection();
        ResultSet rows =
            connection
                .createStatement()
                .executeQuery("select row_to_json(t)::text from invitation t")) {
      while (rows.next()) {
        assertThat(rows.getString(1)).doesNotContain(token);
      }
    }
    assertThat(owner.delete("/invitations/" + sent.path("id")).statusCode()).isEqualTo(204);
  }

  @Test
  void whatDoesNotFitDoesNotSpendIt() {
    String token = owner.post("/invitations", Map.of("role", "member")).path("token");
    refused(accept(token, "owner"), 409, "name-taken");
    badField(accept(token, "-"), "name");
    Guest guest = new Guest(servers, home);
    String challenge = guest.challenge(token).path("id");
    String other = home.shell("printf x | ssh-keygen -Y sign -n other -f ~/.ssh/id_ed25519");
    refused(guest.answer(token, fresh(), challenge, other), 400, "other-namespace");
    badField(guest.answer(token, fresh(), challenge, "x"), "signature");
    badField(guest.answer(token, fresh(), "x", other), "challengeId");
    refused(
        guest.answer(token, fresh(), "00000000-0000-4000-8000-000000000000", other),
        410,
        "challenge-spent");
    assertThat(accept(token, fresh()).statusCode()).isEqualTo(201);
  }

  @Test
  void itsKeyIsProvenAndTheTextSaysForWhom() {
    String name = fresh();
    String token = owner.post("/invitations", Map.of("role", "member", "name", name)).path("token");
    Response challenge = new Guest(servers, home).challenge(token);
    assertThat(challenge.statusCode()).as(challenge.asString()).isEqualTo(201);
    assertThat(challenge.<String>path("text"))
        .startsWith(
            "Add an SSH key to Cofferdam at http://localhost:8484 by an invitation for " + name)
        .containsPattern(", nonce [A-Za-z0-9_-]{43}, until ");
    assertThat(challenge.<String>path("namespace")).isEqualTo("coffer-add-key-v1@localhost");
    String id = accept(token, name).path("user.id");
    assertThat(owner.get("/people/" + id + "/ssh-keys").<String>path("[0].provenAt")).isNotNull();
  }

  @Test
  void aChallengeOfOneIsWorthNothingForAnother() {
    Guest guest = new Guest(servers, home);
    String token = owner.post("/invitations", Map.of("role", "member")).path("token");
    String other = owner.post("/invitations", Map.of("role", "member")).path("token");
    Response challenge = guest.challenge(token);
    String signature = guest.sign(challenge);
    String id = challenge.path("id");
    refused(guest.answer(other, fresh(), id, signature), 410, "challenge-spent");
    refused(owner.answerKey(id, signature, Map.of()), 410, "challenge-spent");
    Response own = owner.keyChallenge();
    refused(guest.answer(token, fresh(), own.path("id"), guest.sign(own)), 410, "challenge-spent");
    assertThat(guest.answer(token, fresh(), id, signature).statusCode()).isEqualTo(201);
  }

  @Test
  void takesItsKeyFromWhereItIsUnproven() {
    String squatter = owner.post("/people", Map.of("name", fresh(), "role", "member")).path("id");
    String keys = "/people/" + squatter + "/ssh-keys";
    owner.post(keys, Map.of("publicKey", home.publicKey())).then().statusCode(201);
    String token = owner.post("/invitations", Map.of("role", "member")).path("token");
    String name = fresh();
    assertThat(accept(token, name).statusCode()).isEqualTo(201);
    assertThat(owner.get(keys).<List<String>>path("id")).isEmpty();
    assertThat(Somebody.signIn(servers, home, Map.of()).<String>path("user.name")).isEqualTo(name);
  }

  @Test
  void aNamedOneIsForThatName() {
    String name = fresh();
    String token = owner.post("/invitations", Map.of("role", "member", "name", name)).path("token");
    badField(accept(token, fresh()), "name");
    assertThat(accept(token, name).<String>path("user.name")).isEqualTo(name);
  }

  @Test
  void unknownExpiredTakenBackAndOrphanedOnesAreTheSame() throws SQLException {
    refused(accept("A".repeat(43), fresh()), 410, "invitation-spent");
    Response old = owner.post("/invitations", Map.of("role", "member"));
    try (Connection connection = database.getConnection()) {
      connection
          .createStatement()
          .executeUpdate(
              "update invitation set expires_at = now() where id = '" + old.path("id") + "'");
    }
    refused(accept(old.path("token"), fresh()), 410, "invitation-spent");
    Response back = owner.post("/invitations", Map.of("role", "member"));
    owner.delete("/invitations/" + back.path("id")).then().statusCode(204);
    refused(accept(back.path("token"), fresh()), 410, "invitation-spent");
    try (SshHome other = new SshHome()) {
      Somebody admin = Somebody.fresh(servers, "admin", other);
      String token = admin.post("/invitations", Map.of("role", "member")).path("token");
      owner.patch("/people/" + admin.id(), Map.of("role", "member")).then().statusCode(200);
      refused(accept(token, fresh()), 410, "invitation-spent");
    }
  }

  @Test
  void refusesBadInputByFieldAndRule() {
    badField(owner.post("/invitations", Map.of()), "role");
    badField(owner.post("/invitations", Map.of("role", "member", "name", "")), "name");
    for (String end :
        List.of("soon", Instant.now().plusSeconds(8 * 86400).toString(), "2020-01-01T00:00:00Z")) {
      badField(owner.post("/invitations", Map.of("role", "member", "expiresAt", end)), "expiresAt");
    }
    badField(accept("x", fresh()), "token");
    refused(owner.delete("/invitations/x"), 404, "not-found");
  }
}
