// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.sshkey;

import static dev.cofferdam.auth.Answers.badField;
import static dev.cofferdam.auth.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.auth.AuthServers;
import dev.cofferdam.auth.Caller;
import dev.cofferdam.auth.Somebody;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.SshHome;
import dev.cofferdam.testkit.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(AuthServers.class)
class SshSignInIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  @Inject DataSource database;

  Servers servers;
  final SshHome home = new SshHome();

  @AfterEach
  void leaveHome() {
    home.close();
  }

  @Test
  void signsInWithTheCommandAsItIsShown() {
    Somebody ada = Somebody.fresh(servers, "member", home);
    Response mine = ada.get("/ssh-keys");
    assertThat(mine.<List<String>>path("fingerprint")).containsExactly(home.fingerprint());
    assertThat(mine.<String>path("[0].name")).isEqualTo("ada@home");
    assertThat(mine.<String>path("[0].type")).isEqualTo("ssh-ed25519");
    assertThat(mine.<String>path("[0].lastUsedAt")).isNotNull();
    try (TopicReader security = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      assertThat(
              security.await(
                  1, SOON, event -> event.contains("signed-in") && event.contains(ada.id())))
          .first()
          .asString()
          .contains(home.fingerprint(), "\"ssh-key\"");
    }
  }

  @Test
  void saysWhatIsSigned() {
    Response challenge =
        Somebody.challenge(servers, Map.of("name", "ada", "fingerprint", home.fingerprint()));
    assertThat(challenge.statusCode()).isEqualTo(201);
    String text = challenge.path("text");
    assertThat(text)
        .startsWith("Sign in to Cofferdam at http://localhost:8484 as ada with key SHA256:")
        .contains(home.fingerprint(), challenge.<String>path("expiresAt"))
        .containsPattern("nonce [A-Za-z0-9_-]{43},")
        .doesNotContain("'", "\n");
    assertThat(challenge.<String>path("namespace")).isEqualTo("coffer-login-v1@localhost");
    assertThat(challenge.<String>path("command"))
        .isEqualTo(
            "printf '%s' '"
                + text
                + "' | ssh-keygen -Y sign -n coffer-login-v1@localhost -f ~/.ssh/id_ed25519");
  }

  @Test
  void takesAChallengeOnce() {
    Somebody.fresh(servers, "member", home);
    Response challenge = Somebody.challenge(servers, Map.of());
    String signature = home.shell(challenge.path("command"));
    assertThat(Somebody.answer(servers, challenge.path("id"), signature).statusCode())
        .isEqualTo(201);
    refused(Somebody.answer(servers, challenge.path("id"), signature), 410, "challenge-spent");
  }

  @Test
  void aRefusedTrySpendsTheChallengeToo() {
    Somebody.fresh(servers, "member", home);
    Response challenge = Somebody.challenge(servers, Map.of());
    String signature = home.shell(challenge.path("command"));
    String wrong = home.shell("printf x | ssh-keygen -Y sign -n other -f ~/.ssh/id_ed25519");
    refused(Somebody.answer(servers, challenge.path("id"), wrong), 401, "key-not-registered");
    refused(Somebody.answer(servers, challenge.path("id"), signature), 410, "challenge-spent");
  }

  @Test
  void ofManyWhoAnswerOneChallengeOneWins() throws Exception {
    Somebody.fresh(servers, "member", home);
    Response challenge = Somebody.challenge(servers, Map.of());
    String signature = home.shell(challenge.path("command"));
    List<Callable<Integer>> racers =
        Collections.nCopies(
            8, () -> Somebody.answer(servers, challenge.path("id"), signature).statusCode());
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService all = Executors.newFixedThreadPool(8)) {
      for (Future<Integer> result : all.invokeAll(racers)) {
        statuses.add(result.get());
      }
    }
    assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
    assertThat(statuses).filteredOn(status -> status == 410).hasSize(7);
  }

  @Test
  void anExpiredChallengeIsWorthNothing() throws SQLException {
    Somebody.fresh(servers, "member", home);
    Response challenge = Somebody.challenge(servers, Map.of());
    String signature = home.shell(challenge.path("command"));
    change("update ssh_challenge set expires_at = now() where id = '" + challenge.path("id") + "'");
    refused(Somebody.answer(servers, challenge.path("id"), signature), 410, "challenge-spent");
  }

  @Test
  void refusesWhatWasSignedForSomethingElse() {
    Somebody.fresh(servers, "member", home);
    String other = Somebody.challenge(servers, Map.of()).path("command");
    for (String command :
        List.of(
            other,
            "printf x | ssh-keygen -Y sign -n coffer-login-v1@localhost -f ~/.ssh/id_ed25519")) {
      Response challenge = Somebody.challenge(servers, Map.of());
      refused(
          Somebody.answer(servers, challenge.path("id"), home.shell(command)),
          401,
          "key-not-registered");
    }
    Response challenge = Somebody.challenge(servers, Map.of());
    String elsewhere = challenge.<String>path("command").replace("v1@localhost", "v1@example.org");
    refused(
        Somebody.answer(servers, challenge.path("id"), home.shell(elsewhere)),
        401,
        "key-not-registered");
  }

  @Test
  void refusesAKeyOfSomebodyElseForAName() {
    Somebody.fresh(servers, "member", home);
    refused(Somebody.signIn(servers, home, Map.of("name", "owner")), 401, "key-not-registered");
    refused(
        Somebody.signIn(servers, home, Map.of("fingerprint", "SHA256:" + "A".repeat(43))),
        401,
        "key-not-registered");
    assertThat(
            Somebody.signIn(servers, home, Map.of("fingerprint", home.fingerprint())).statusCode())
        .isEqualTo(201);
  }

  @Test
  void aRefusedKeyIsASecurityEvent() {
    Somebody.signIn(servers, home, Map.of("name", "nobody-here"));
    try (TopicReader security = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      // Others of this run are refused keys of other kinds.
      assertThat(security.await(1, SOON, event -> event.contains("\"ssh-key-refused\"")).getFirst())
          .contains("\"type\":\"refused\"");
    }
  }

  /** Rule K2. That it takes the same time as well is tried at the public door. */
  @Test
  void answersUnknownPeopleAndWrongKeysAlike() {
    try (SshHome stranger = new SshHome()) {
      String name = "known-" + System.nanoTime();
      Somebody.owner(servers)
          .post("/people", Map.of("name", name, "role", "member", "publicKey", home.publicKey()));
      isRefused(stranger, name);
      isRefused(stranger, "nobody");
    }
  }

  private void isRefused(SshHome stranger, String name) {
    Response challenge = Somebody.challenge(servers, Map.of("name", name));
    String signature = stranger.shell(challenge.path("command"));
    Response answer = Somebody.answer(servers, challenge.path("id"), signature);
    refused(answer, 401, "key-not-registered");
    assertThat(answer.asString().replace(answer.path("id"), ""))
        .isEqualTo(
            "{\"type\":\"https://cofferdam.dev/problems/key-not-registered\",\"title\":\"This key"
                + " is not registered\",\"status\":401,\"detail\":\"Ask an owner or admin of this"
                + " server to add it, or use another way to sign in.\",\"id\":\"\"}");
  }

  @Test
  void revokingAKeyEndsWhatItOpened() {
    Somebody ada = Somebody.fresh(servers, "member", home);
    String key = ada.get("/ssh-keys").path("[0].id");
    try (SshHome second = new SshHome()) {
      assertThat(ada.addKey(second).statusCode()).isEqualTo(201);
      Somebody still = Somebody.bySshKey(servers, second, Map.of());
      assertThat(still.delete("/ssh-keys/" + key).statusCode()).isEqualTo(204);
      refused(ada.get("/ssh-keys"), 401, "signed-out");
      refused(
          Caller.of(servers, "gateway").token(ada.secret(), "session-service"), 401, "signed-out");
      refused(Somebody.signIn(servers, home, Map.of()), 401, "key-not-registered");
      assertThat(still.get("/ssh-keys").<List<String>>path("fingerprint"))
          .containsExactly(second.fingerprint());
      refused(still.delete("/ssh-keys/" + key), 404, "not-found");
    }
    try (TopicReader security = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      assertThat(
              security.await(
                  1, SOON, event -> event.contains("key-revoked") && event.contains(ada.id())))
          .isNotEmpty();
    }
  }

  @Test
  void aKeySignsOnePersonIn() {
    Somebody ada = Somebody.fresh(servers, "member", home);
    refused(ada.addKey(home), 409, "key-in-use");
    refused(Somebody.owner(servers).addKey(home), 409, "key-in-use");
  }

  @Test
  void aForeignKeyIsAnsweredLikeAnUnknownOne() {
    Somebody ada = Somebody.fresh(servers, "member", home);
    try (SshHome other = new SshHome()) {
      Somebody bob = Somebody.fresh(servers, "member", other);
      String key = ada.get("/ssh-keys").path("[0].id");
      for (String id : List.of(key, "00000000-0000-4000-8000-000000000000", "x")) {
        refused(bob.delete("/ssh-keys/" + id), 404, "not-found");
      }
      assertThat(ada.get("/ssh-keys").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void refusesBadInputByFieldAndRule() {
    badField(Somebody.challenge(servers, Map.of("name", "'; rm -rf ~; '")), "name");
    badField(Somebody.challenge(servers, Map.of("fingerprint", "MD5:00")), "fingerprint");
    String id = Somebody.challenge(servers, Map.of()).path("id");
    for (String signature : List.of("", "x", "-----BEGIN SSH SIGNATURE-----")) {
      badField(Somebody.answer(servers, id, signature), "signature");
    }
    badField(Somebody.answer(servers, "x", "y"), "challengeId");
    refused(
        Somebody.answer(
            servers, id, "-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----"),
        401,
        "key-not-registered");
  }

  private void change(String sql) throws SQLException {
    try (Connection connection = database.getConnection()) {
      assertThat(connection.createStatement().executeUpdate(sql)).isEqualTo(1);
    }
  }
}
