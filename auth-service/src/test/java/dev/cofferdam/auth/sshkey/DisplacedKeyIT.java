// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.sshkey;

import static dev.cofferdam.auth.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.auth.AuthServers;
import dev.cofferdam.auth.Meanwhile;
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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever proves a key has it, wherever it stands by an admin's word. */
@QuarkusTest
@QuarkusTestResource(AuthServers.class)
class DisplacedKeyIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  @Inject DataSource database;

  Servers servers;
  Somebody owner;
  Somebody ada;
  String other;
  final SshHome first = new SshHome();
  final SshHome home = new SshHome();

  @BeforeEach
  void signIn() {
    owner = Somebody.owner(servers);
    ada = Somebody.fresh(servers, "member", first);
    Map<String, String> person = Map.of("name", "p" + UUID.randomUUID(), "role", "member");
    other = owner.post("/people", person).path("id");
  }

  @AfterEach
  void leaveHome() {
    first.close();
    home.close();
  }

  private static String keysOf(String person) {
    return "/people/" + person + "/ssh-keys";
  }

  /** The owner says that it is this person's. */
  private Response vouched(String person) {
    return owner.post(keysOf(person), Map.of("publicKey", home.publicKey(), "name", "vouched"));
  }

  private List<String> fingerprintsOf(String person) {
    return owner.get(keysOf(person)).path("fingerprint");
  }

  @Test
  void anAdminsWordIsNoProofUntilTheKeySignsIn() {
    Response added = vouched(other);
    assertThat(added.statusCode()).isEqualTo(201);
    assertThat(added.<String>path("provenAt")).isNull();
    assertThat(Somebody.signIn(servers, home, Map.of()).<String>path("user.id")).isEqualTo(other);
    assertThat(owner.get(keysOf(other)).<String>path("[0].provenAt")).isNotNull();
  }

  @Test
  void whoProvesAKeyHasItAndItIsRevokedWhereItWasNotProven() {
    assertThat(vouched(other).statusCode()).isEqualTo(201);
    assertThat(ada.addKey(home).statusCode()).isEqualTo(201);
    assertThat(fingerprintsOf(other)).isEmpty();
    assertThat(fingerprintsOf(ada.id())).contains(home.fingerprint());
    assertThat(Somebody.signIn(servers, home, Map.of()).<String>path("user.id"))
        .isEqualTo(ada.id());
    try (TopicReader security = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      assertThat(
              security.await(
                  1, SOON, e -> e.contains("\"displaced\"") && e.contains(home.fingerprint())))
          .first()
          .asString()
          .contains("\"type\":\"credential-changed\"", "\"ssh-key\"", other)
          .contains("\"by\":\"" + ada.id() + "\"");
    }
  }

  @Test
  void whomItWasTakenFromAndWhoAddedItAreTold() throws SQLException {
    vouched(other);
    ada.addKey(home);
    assertThat(noticesOf(other)).isEqualTo("key-displaced");
    assertThat(
            owner
                .get("/notices")
                .<List<String>>path(
                    "findAll { it.credential == '" + home.fingerprint() + "' }.kind"))
        .containsExactly("vouched-key-displaced");
  }

  private String noticesOf(String account) throws SQLException {
    return string(
        "select string_agg(kind, ' ') from notice where kind <> 'new-key' and account_id = '"
            + account
            + "'");
  }

  private String string(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        ResultSet row = connection.createStatement().executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  @Test
  void aProvenKeyStaysWhereItIs() {
    assertThat(ada.addKey(home).statusCode()).isEqualTo(201);
    refused(vouched(other), 409, "key-in-use");
    refused(owner.addKey(home), 409, "key-in-use");
    refused(ada.addKey(home), 409, "key-in-use");
    assertThat(fingerprintsOf(ada.id())).containsOnlyOnce(home.fingerprint());
  }

  @Test
  void aKeyThatHasSignedInStaysWhereItIs() {
    vouched(other);
    assertThat(Somebody.signIn(servers, home, Map.of()).statusCode()).isEqualTo(201);
    refused(ada.addKey(home), 409, "key-in-use");
    assertThat(fingerprintsOf(other)).containsExactly(home.fingerprint());
  }

  @Test
  void anAdminsWordIsAsGoodAsAnothers() {
    assertThat(vouched(other).statusCode()).isEqualTo(201);
    refused(vouched(ada.id()), 409, "key-in-use");
  }

  @Test
  void whoProvesTheKeyThatAnAdminAddedForThemKeepsIt() {
    String id = vouched(ada.id()).path("id");
    Response challenge = ada.keyChallenge();
    Response proven =
        ada.answerKey(
            challenge.path("id"), home.shell(challenge.path("command")), Map.of("name", "mine"));
    assertThat(proven.statusCode()).as(proven.asString()).isEqualTo(201);
    assertThat(proven.<String>path("id")).isEqualTo(id);
    assertThat(proven.<String>path("name")).isEqualTo("mine");
    assertThat(proven.<String>path("provenAt")).isNotNull();
    refused(owner.addKey(home), 409, "key-in-use");
  }

  @Test
  void whoHasAnAccountAddsTheirOwnKeysThereByProofOnly() {
    refused(vouched(owner.id()), 409, "own-account");
  }

  @Test
  void ofTwoWhoProveAKeyAtOnceOneGetsIt() throws Exception {
    vouched(other);
    try (SshHome second = new SshHome();
        ExecutorService both = Executors.newFixedThreadPool(2)) {
      Somebody bob = Somebody.fresh(servers, "member", second);
      List<Future<Integer>> answers = both.invokeAll(List.of(answering(ada), answering(bob)));
      assertThat(List.of(answers.get(0).get(), answers.get(1).get()))
          .containsExactlyInAnyOrder(201, 409);
    }
    assertThat(inUse()).isEqualTo("1");
    assertThat(fingerprintsOf(other)).isEmpty();
  }

  private java.util.concurrent.Callable<Integer> answering(Somebody somebody) {
    Response challenge = somebody.keyChallenge();
    String signature = home.shell(challenge.path("command"));
    return () -> somebody.answerKey(challenge.path("id"), signature, Map.of()).statusCode();
  }

  private String inUse() throws SQLException {
    return string(
        "select count(*) from ssh_key where revoked_at is null and fingerprint = '"
            + home.fingerprint()
            + "'");
  }

  @Test
  void aProofWaitsForAnAdminsWordAndWins() throws Exception {
    assertThat(new Meanwhile(database).of(insert("null"), answering(ada))).isEqualTo(201);
    assertThat(fingerprintsOf(other)).isEmpty();
    assertThat(inUse()).isEqualTo("1");
  }

  @Test
  void aProofWaitsForAnothersAndComesTooLate() throws Exception {
    assertThat(new Meanwhile(database).of(insert("now()"), answering(ada))).isEqualTo(409);
    assertThat(fingerprintsOf(other)).containsExactly(home.fingerprint());
  }

  @Test
  void anAdminsWordWaitsForAProofAndComesTooLate() throws Exception {
    int status = new Meanwhile(database).of(insert("now()"), () -> vouched(ada.id()).statusCode());
    assertThat(status).isEqualTo(409);
  }

  /** Of the other person, by somebody whose transaction is not over yet. */
  private String insert(String provenAt) {
    return "insert into ssh_key (id, account_id, name, type, fingerprint, public_key, created_at,"
        + " added_by, proven_at) values (gen_random_uuid(), '"
        + other
        + "', 'x', 'ssh-ed25519', '"
        + home.fingerprint()
        + "', decode('"
        + home.publicKey().split(" ")[1]
        + "', 'base64'), now(), '"
        + owner.id()
        + "', "
        + provenAt
        + ")";
  }

  @Test
  void aProofWaitsForAFirstSignInAndComesTooLate() throws Exception {
    vouched(other);
    String signIn =
        "update ssh_key set proven_at = now(), last_used_at = now() where fingerprint = '"
            + home.fingerprint()
            + "'";
    assertThat(new Meanwhile(database).of(signIn, answering(ada))).isEqualTo(409);
    assertThat(fingerprintsOf(other)).containsExactly(home.fingerprint());
  }

  @Test
  void aFirstSignInWaitsForAProofAndComesTooLate() throws Exception {
    vouched(other);
    String displaced =
        "update ssh_key set revoked_at = now(), displaced = true where fingerprint = '"
            + home.fingerprint()
            + "'";
    Response challenge = Somebody.challenge(servers, Map.of());
    String signature = home.shell(challenge.path("command"));
    refused(
        new Meanwhile(database)
            .of(displaced, () -> Somebody.answer(servers, challenge.path("id"), signature)),
        401,
        "key-not-registered");
  }
}
