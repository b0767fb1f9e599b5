// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.sshkey;

import static dev.cofferdam.auth.Answers.badField;
import static dev.cofferdam.auth.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.auth.AuthServers;
import dev.cofferdam.auth.Somebody;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.SshHome;
import dev.cofferdam.testkit.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who adds a key of their own shows that they have its private half. */
@QuarkusTest
@QuarkusTestResource(AuthServers.class)
class KeyProofIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String SIGN = " | ssh-keygen -Y sign -n %s -f ~/.ssh/id_ed25519";

  @Inject DataSource database;

  Servers servers;
  Somebody ada;
  final SshHome first = new SshHome();
  final SshHome home = new SshHome();

  @BeforeEach
  void signIn() {
    ada = Somebody.fresh(servers, "member", first);
  }

  @AfterEach
  void leaveHome() {
    first.close();
    home.close();
  }

  /** What is to be signed, signed for this purpose. */
  private String signed(Response challenge, String namespace) {
    return home.shell("printf '%s' '" + challenge.path("text") + "'" + SIGN.formatted(namespace));
  }

  @Test
  void addsAKeyWithTheCommandAsItIsShown() {
    Response challenge = ada.keyChallenge();
    assertThat(challenge.statusCode()).as(challenge.asString()).isEqualTo(201);
    String text = challenge.path("text");
    assertThat(text)
        .startsWith("Add an SSH key to Cofferdam at http://localhost:8484 as member-")
        .contains(challenge.<String>path("expiresAt"))
        .containsPattern(", nonce [A-Za-z0-9_-]{43}, until ")
        .doesNotContain("'", "\n");
    assertThat(challenge.<String>path("command"))
        .isEqualTo("printf '%s' '" + text + "'" + SIGN.formatted("coffer-add-key-v1@localhost"));
    assertThat(Instant.parse(challenge.<String>path("expiresAt")))
        .isBetween(Instant.now().plusSeconds(240), Instant.now().plusSeconds(300));
    Response added =
        ada.answerKey(
            challenge.path("id"), home.shell(challenge.path("command")), Map.of("name", "laptop"));
    assertThat(added.statusCode()).as(added.asString()).isEqualTo(201);
    assertThat(added.<String>path("name")).isEqualTo("laptop");
    assertThat(added.<String>path("fingerprint")).isEqualTo(home.fingerprint());
    assertThat(added.<String>path("provenAt")).isNotNull();
    assertThat(Somebody.signIn(servers, home, Map.of()).<String>path("user.id"))
        .isEqualTo(ada.id());
  }

  @Test
  void withoutANameItIsCalledByItsType() {
    assertThat(ada.addKey(home).<String>path("name")).isEqualTo("ssh-ed25519");
  }

  @Test
  void aChallengeAddsOneKey() {
    Response challenge = ada.keyChallenge();
    String signature = home.shell(challenge.path("command"));
    String again = first.shell(challenge.path("command"));
    String id = challenge.path("id");
    assertThat(ada.answerKey(id, signature, Map.of()).statusCode()).isEqualTo(201);
    refused(ada.answerKey(id, signature, Map.of()), 410, "challenge-spent");
    refused(ada.answerKey(id, again, Map.of()), 410, "challenge-spent");
  }

  @Test
  void whatDoesNotFitKeepsTheChallenge() {
    Response challenge = ada.keyChallenge();
    String signature = home.shell(challenge.path("command"));
    String id = challenge.path("id");
    badField(ada.answerKey(id, signature, Map.of("name", "x".repeat(101))), "name");
    refused(ada.answerKey(id, signed(challenge, "other"), Map.of()), 400, "other-namespace");
    assertThat(ada.answerKey(id, signature, Map.of()).statusCode()).isEqualTo(201);
  }

  @Test
  void ofManyWhoAnswerOneChallengeOneAddsItsKey() throws Exception {
    Response challenge = ada.keyChallenge();
    String signature = home.shell(challenge.path("command"));
    List<Callable<Integer>> racers =
        Collections.nCopies(
            8, () -> ada.answerKey(challenge.path("id"), signature, Map.of()).statusCode());
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
    Response challenge = ada.keyChallenge();
    String signature = home.shell(challenge.path("command"));
    try (Connection connection = database.getConnection()) {
      connection
          .createStatement()
          .executeUpdate(
              "update ssh_key_challenge set expires_at = now() where id = '"
                  + challenge.path("id")
                  + "'");
    }
    refused(ada.answerKey(challenge.path("id"), signature, Map.of()), 410, "challenge-spent");
  }

  @Test
  void aChallengeIsForTheSignInThatAsked() {
    Response challenge = ada.keyChallenge();
    String signature = home.shell(challenge.path("command"));
    String id = challenge.path("id");
    Somebody elsewhere = Somebody.bySshKey(servers, first, Map.of());
    assertThat(elsewhere.id()).isEqualTo(ada.id());
    refused(elsewhere.answerKey(id, signature, Map.of()), 410, "challenge-spent");
    refused(Somebody.owner(servers).answerKey(id, signature, Map.of()), 410, "challenge-spent");
    assertThat(ada.answerKey(id, signature, Map.of()).statusCode()).isEqualTo(201);
  }

  @Test
  void whatWasSignedToSignInAddsNoKey() {
    Response challenge = ada.keyChallenge();
    for (String purpose : List.of("coffer-login-v1@localhost", "coffer-add-key-v1@example.org")) {
      refused(
          ada.answerKey(challenge.path("id"), signed(challenge, purpose), Map.of()),
          400,
          "other-namespace");
    }
    Response signIn = Somebody.challenge(servers, Map.of());
    refused(
        ada.answerKey(challenge.path("id"), home.shell(signIn.path("command")), Map.of()),
        400,
        "other-namespace");
    refused(
        ada.answerKey(signIn.path("id"), home.shell(signIn.path("command")), Map.of()),
        410,
        "challenge-spent");
  }

  @Test
  void whatWasSignedToAddAKeySignsNobodyIn() {
    assertThat(ada.addKey(home).statusCode()).isEqualTo(201);
    Response signIn = Somebody.challenge(servers, Map.of());
    String purpose = "coffer-add-key-v1@localhost";
    refused(
        Somebody.answer(servers, signIn.path("id"), signed(signIn, purpose)),
        401,
        "key-not-registered");
    Response add = ada.keyChallenge();
    String signature = home.shell(add.path("command"));
    refused(Somebody.answer(servers, add.path("id"), signature), 410, "challenge-spent");
  }

  @Test
  void aSignatureIsOfThisChallenge() {
    Response challenge = ada.keyChallenge();
    String other = home.shell(ada.keyChallenge().path("command"));
    String id = challenge.path("id");
    refused(ada.answerKey(id, other, Map.of()), 400, "signature-not-valid");
    refused(
        ada.answerKey(
            id, "-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----", Map.of()),
        400,
        "signature-not-valid");
  }

  @Test
  void refusesAPublicKeyAndWhatElseIsNoAnswer() {
    badField(ada.post("/ssh-keys", Map.of("publicKey", home.publicKey())), "publicKey");
    badField(ada.post("/ssh-keys", Map.of()), "challengeId");
    String id = ada.keyChallenge().path("id");
    for (String signature : List.of("", "x", "-----BEGIN SSH SIGNATURE-----", "x".repeat(20_000))) {
      badField(ada.answerKey(id, signature, Map.of()), "signature");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-t rsa -b 3072", "-t ecdsa -b 256"})
  void takesTheKindsThatSignIn(String kind) throws Exception {
    anotherKind(kind);
    assertThat(ada.addKey(home).statusCode()).isEqualTo(201);
    assertThat(Somebody.signIn(servers, home, Map.of()).statusCode()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-t rsa -b 2048", "-t ecdsa -b 384"})
  void refusesTheKindsThatDoNot(String kind) throws Exception {
    anotherKind(kind);
    refused(ada.addKey(home), 400, "key-not-taken");
  }

  private void anotherKind(String kind) throws Exception {
    String key = home.file(".ssh/id_ed25519").toString();
    Files.delete(home.file(".ssh/id_ed25519"));
    List<String> options = new ArrayList<>(List.of(kind.split(" ")));
    options.addAll(List.of("-f", key));
    home.keygen(options.toArray(String[]::new));
  }

  @Test
  void aCertificateIsNotAdded() throws Exception {
    Files.copy(home.file(".ssh/id_ed25519.pub"), first.file("k.pub"));
    String authority = first.file(".ssh/id_ed25519").toString();
    first.keygen("-s", authority, "-I", "x", "-n", "ada", first.file("k.pub").toString());
    Files.move(first.file("k-cert.pub"), home.file(".ssh/id_ed25519-cert.pub"));
    Response challenge = ada.keyChallenge();
    String command = challenge.<String>path("command");
    String signature = home.shell(command.replace("id_ed25519", "id_ed25519-cert.pub"));
    refused(ada.answerKey(challenge.path("id"), signature, Map.of()), 400, "key-not-taken");
  }

  @Test
  void whoIsRefusedReadsOfItAndSoDoesTheLedger() {
    Response challenge = ada.keyChallenge();
    String wrong = signed(challenge, "coffer-login-v1@localhost");
    ada.answerKey(challenge.path("id"), wrong, Map.of());
    try (TopicReader security = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      assertThat(
              security.await(
                  1, SOON, e -> e.contains("\"ssh-key-not-registered\"") && e.contains(ada.id())))
          .first()
          .asString()
          .contains("\"type\":\"refused\"", "\"why\":\"signature-other-namespace\"")
          .contains("\"askedBy\":\"" + ada.id() + "\"");
    }
    assertThat(ada.get("/sign-ins").<List<String>>path("reason"))
        .contains("signature-other-namespace");
  }

  @Test
  void thirtyTwoWaitAtMost() {
    for (int i = 0; i < KeyChallenges.MOST_OF_ONE; i++) {
      assertThat(ada.keyChallenge().statusCode()).isEqualTo(201);
    }
    Response full = ada.keyChallenge();
    refused(full, 429, "too-many-tries");
    assertThat(full.header("Retry-After")).isEqualTo("300");
    try (TopicReader security = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      assertThat(
              security.await(
                  1,
                  SOON,
                  event -> event.contains("\"too-many-tries\"") && event.contains(ada.id())))
          .singleElement()
          .asString()
          .contains("\"ssh-key-not-registered\"");
    }
    try (SshHome other = new SshHome()) {
      Somebody bob = Somebody.fresh(servers, "member", other);
      assertThat(bob.keyChallenge().statusCode()).isEqualTo(201);
    }
  }
}
