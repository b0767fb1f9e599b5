// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.passkey;

import static dev.cofferdam.auth.Answers.refused;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.auth.AuthServers;
import dev.cofferdam.auth.Caller;
import dev.cofferdam.auth.Meanwhile;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
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

@QuarkusTest
@QuarkusTestResource(AuthServers.class)
class PasskeyIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final ObjectMapper JSON = new ObjectMapper();

  @Inject DataSource database;

  Servers servers;
  Caller gateway;
  String bearer;
  SoftAuthenticator authenticator;

  @BeforeEach
  void signIn() {
    gateway = Caller.of(servers, "gateway");
    bearer = bearer(gateway.signIn(Caller.of(servers, "stack").newLink()));
    authenticator = new SoftAuthenticator();
    authenticator.origin = AuthServers.ORIGIN;
  }

  @AfterEach
  void forgetEverything() throws SQLException {
    change("delete from passkey");
    change("delete from passkey_challenge");
  }

  private String bearer(Response signedIn) {
    String secret = signedIn.path("browserSession.secret");
    return gateway.token(secret, "auth-service").path("accessToken");
  }

  private Response ask(String method, String path, String body) {
    return given()
        .header("Authorization", "Bearer " + bearer)
        .contentType("application/json")
        .body(body)
        .request(method, path);
  }

  private Response registrationOptions() {
    return ask("POST", "/passkeys/challenges", "{}");
  }

  private Response register(String name) {
    Response options = registrationOptions();
    authenticator.handle = Base64.getUrlDecoder().decode(options.<String>path("user.id"));
    return register(name, options.path("id"), authenticator.register(options.path("challenge")));
  }

  private Response register(String name, String challengeId, String credential) {
    return ask("POST", "/passkeys", body(challengeId, credential, Map.of("name", name)));
  }

  private static String body(String challengeId, String credential, Map<String, String> more) {
    try {
      var body = JSON.createObjectNode().put("challengeId", challengeId);
      more.forEach(body::put);
      JsonNode read = JSON.readTree(credential);
      return body.set("credential", read).toString();
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private Response signInOptions() {
    return gateway.post("/internal/passkey/challenges", Map.of("address", "192.0.2.1"));
  }

  private Response signInWith(String challengeId, String credential) {
    String body =
        body(challengeId, credential, Map.of("userAgent", "test", "address", "192.0.2.1"));
    return gateway.postText("/internal/passkey/sign-ins", "application/json", body);
  }

  private Response signInWithPasskey() {
    Response options = signInOptions();
    authenticator.count++;
    return signInWith(options.path("id"), authenticator.sign(options.path("challenge")));
  }

  @Test
  void asksForWhatPasskeysNeed() {
    Response made = registrationOptions();
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(made.<String>path("rp.id")).isEqualTo("localhost");
    assertThat(made.<String>path("attestation")).isEqualTo("none");
    assertThat(made.<String>path("authenticatorSelection.residentKey")).isEqualTo("required");
    assertThat(made.<String>path("authenticatorSelection.userVerification")).isEqualTo("required");
    assertThat(made.<String>path("challenge")).matches("[A-Za-z0-9_-]{43}");
    Response used = signInOptions();
    assertThat(used.<String>path("userVerification")).isEqualTo("required");
    assertThat(used.<List<?>>path("allowCredentials")).isEmpty();
    assertThat(used.<String>path("challenge")).isNotEqualTo(made.path("challenge"));
  }

  @Test
  void registersAndSignsIn() {
    Response made = register("Laptop");
    assertThat(made.statusCode()).as(made.asString()).isEqualTo(201);
    assertThat(made.<String>path("name")).isEqualTo("Laptop");
    assertThat(made.<List<String>>path("transports")).containsExactly("hybrid", "internal");
    Response in = signInWithPasskey();
    assertThat(in.statusCode()).as(in.asString()).isEqualTo(201);
    assertThat(in.<String>path("user.name")).isEqualTo("owner");
    String token =
        gateway.token(in.path("browserSession.secret"), "auth-service").path("accessToken");
    String claims = new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
    assertThat(claims)
        .contains("\"amr\":[\"passkey\"]", "\"cred\":\"passkey:" + made.path("id") + "\"");
    assertThat(ask("GET", "/passkeys", "").<String>path("[0].lastUsedAt")).isNotNull();
  }

  @Test
  void isNotAddedByASignInThatEndsMeanwhile() throws Exception {
    Response options = registrationOptions();
    authenticator.handle = Base64.getUrlDecoder().decode(options.<String>path("user.id"));
    String credential = authenticator.register(options.path("challenge"));
    String end = "update browser_session set ended_at = now(), ended_reason = 'signed-out'";
    Response answer =
        new Meanwhile(database).of(end, () -> register("Late", options.path("id"), credential));
    refused(answer, 401, "signed-out");
    signIn();
    assertThat(ask("GET", "/passkeys", "").<List<String>>path("name")).isEmpty();
  }

  @Test
  void takesAChallengeOnce() {
    Response options = registrationOptions();
    String made = authenticator.register(options.path("challenge"));
    assertThat(register("a", options.path("id"), made).statusCode()).isEqualTo(201);
    refused(register("b", options.path("id"), made), 410, "challenge-gone");
    Response signIn = signInOptions();
    refused(signInWith(signIn.path("id"), bad()), 403, "passkey-refused");
    String good = authenticator.sign(signIn.path("challenge"));
    refused(signInWith(signIn.path("id"), good), 410, "challenge-gone");
  }

  private String bad() {
    return new SoftAuthenticator().sign(SoftAuthenticator.base64(SoftAuthenticator.random(32)));
  }

  @Test
  void ofManyWhoRaceWithOneAnswerOneWins() throws Exception {
    register("a");
    Response options = signInOptions();
    authenticator.count++;
    String answer = authenticator.sign(options.path("challenge"));
    String id = options.path("id");
    List<Callable<Integer>> racers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      racers.add(() -> signInWith(id, answer).statusCode());
    }
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
  void takesAChallengeForItsPurposeOnly() {
    register("a");
    Response forRegistering = registrationOptions();
    authenticator.count++;
    String signed = authenticator.sign(forRegistering.path("challenge"));
    refused(signInWith(forRegistering.path("id"), signed), 410, "challenge-gone");
    Response forSigningIn = signInOptions();
    String made = new SoftAuthenticator().register(forSigningIn.path("challenge"));
    refused(register("b", forSigningIn.path("id"), made), 410, "challenge-gone");
  }

  @Test
  void takesNoChallengeThatIsTooOld() throws SQLException {
    register("a");
    Response options = signInOptions();
    change("update passkey_challenge set expires_at = now()");
    authenticator.count++;
    String signed = authenticator.sign(options.path("challenge"));
    refused(signInWith(options.path("id"), signed), 410, "challenge-gone");
  }

  @Test
  void answersForAnUnknownPasskeyAsForAWrongSignature() {
    register("a");
    Response unknown = signInWith(signInOptions().path("id"), bad());
    SoftAuthenticator forger = new SoftAuthenticator();
    forger.id = authenticator.id;
    forger.handle = authenticator.handle;
    forger.count = 99;
    Response options = signInOptions();
    Response forged = signInWith(options.path("id"), forger.sign(options.path("challenge")));
    refused(unknown, 403, "passkey-refused");
    refused(forged, 403, "passkey-refused");
    assertThat(withoutId(unknown)).isEqualTo(withoutId(forged));
  }

  private static String withoutId(Response answer) {
    return answer.asString().replaceAll("\"id\":\"[^\"]*\"", "");
  }

  @Test
  void aCountThatGoesBackIsRefusedAndASecurityEvent() {
    try (TopicReader security = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      authenticator.count = 7;
      register("a");
      assertThat(signInWithPasskey().statusCode()).isEqualTo(201);
      authenticator.count = 3;
      refused(signInWithPasskey(), 403, "passkey-refused");
      assertThat(security.await(1, SOON, event -> event.contains("sign-count-back"))).isNotEmpty();
    }
  }

  @Test
  void removingOneEndsWhatItOpened() {
    String id = register("a").path("id");
    String secret = signInWithPasskey().path("browserSession.secret");
    assertThat(ask("DELETE", "/passkeys/" + id, "{}").statusCode()).isEqualTo(204);
    refused(gateway.token(secret, "auth-service"), 401, "signed-out");
    refused(signInWithPasskey(), 403, "passkey-refused");
    assertThat(ask("GET", "/passkeys", "").<List<?>>path("$")).isEmpty();
    refused(ask("DELETE", "/passkeys/" + id, "{}"), 404, "not-found");
  }

  @Test
  void registersNoCredentialTwiceAndNoMoreThanTwenty() throws SQLException {
    register("a");
    refused(register("b"), 409, "passkey-known");
    for (int i = 1; i < Passkeys.MOST; i++) {
      authenticator = new SoftAuthenticator();
      assertThat(register("k" + i).statusCode()).isEqualTo(201);
    }
    refused(registrationOptions(), 409, "too-many-passkeys");
  }

  @Test
  void namesTheFieldThatIsWrong() {
    Response options = registrationOptions();
    String made = authenticator.register(options.path("challenge"));
    refused(register("", options.path("id"), made), 400, "invalid-field");
    refused(register("x".repeat(61), options.path("id"), made), 400, "invalid-field");
    refused(register("a", "7", made), 400, "invalid-field");
    refused(register("a", options.path("id"), "7"), 400, "invalid-field");
    refused(signInWith(signInOptions().path("id"), "{}"), 400, "invalid-field");
    refused(ask("POST", "/passkeys", "{\"more\":1}"), 400, "invalid-field");
  }

  @Test
  void keepsABoundOnChallengesOfOneNetwork() {
    for (int i = 0; i < Challenges.MOST_OF_ONE; i++) {
      assertThat(signInOptions().statusCode()).isEqualTo(201);
    }
    Response answer = signInOptions();
    refused(answer, 429, "too-many-challenges");
    assertThat(answer.header("Retry-After")).isEqualTo("120");
    assertThat(
            gateway
                .post("/internal/passkey/challenges", Map.of("address", "192.0.2.2"))
                .statusCode())
        .isEqualTo(201);
  }

  private static void refused(Response answer, int status, String slug) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
    assertThat(answer.<String>path("type")).endsWith("/" + slug);
  }

  private void change(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
