// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.SshHome;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.UUID;

/** A person who is signed in and asks with their token. */
public final class Somebody {
  public static final String ORIGIN = "http://localhost:8484";

  /** From where they ask, as the gateway says. */
  public static final String ADDRESS = "192.0.2.7";

  private final String bearer;
  private final String id;
  private final String secret;

  private Somebody(Servers servers, Response signedIn) {
    assertThat(signedIn.statusCode()).isEqualTo(201);
    secret = signedIn.path("browserSession.secret");
    id = signedIn.path("user.id");
    bearer = Caller.of(servers, "gateway").token(secret, "auth-service").path("accessToken");
  }

  /** The owner of the installation, by a link. */
  public static Somebody owner(Servers servers) {
    String link = Caller.of(servers, "stack").newLink();
    return new Somebody(servers, Caller.of(servers, "gateway").signIn(link));
  }

  /** Somebody new of this role, signed in by SSH key. */
  public static Somebody fresh(Servers servers, String role, SshHome home) {
    String name = role + "-" + UUID.randomUUID().toString().substring(0, 8);
    Response added =
        owner(servers)
            .post("/people", Map.of("name", name, "role", role, "publicKey", home.publicKey()));
    assertThat(added.statusCode()).isEqualTo(201);
    return bySshKey(servers, home, Map.of("name", name));
  }

  public static Somebody bySshKey(Servers servers, SshHome home, Map<String, String> who) {
    return new Somebody(servers, signIn(servers, home, who));
  }

  /** Asks for a challenge, runs the command as it was printed, and answers. */
  public static Response signIn(Servers servers, SshHome home, Map<String, String> who) {
    Response challenge = challenge(servers, who);
    return answer(servers, challenge.path("id"), home.shell(challenge.path("command")));
  }

  public static Response challenge(Servers servers, Map<String, String> who) {
    Map<String, String> body = new java.util.HashMap<>(who);
    body.put("origin", ORIGIN);
    return Caller.of(servers, "gateway").post("/internal/ssh-key/challenges", body);
  }

  public static Response answer(Servers servers, String challenge, String signature) {
    return answer(servers, "sign-ins", challenge, signature);
  }

  /** Signs in a program of theirs. */
  public static Response signInProgram(Servers servers, SshHome home, Map<String, String> who) {
    Response challenge = challenge(servers, who);
    String signature = home.shell(challenge.path("command"));
    return answer(servers, "program-sign-ins", challenge.path("id"), signature);
  }

  public static Response answer(Servers servers, String route, String challenge, String signature) {
    return Caller.of(servers, "gateway")
        .post(
            "/internal/ssh-key/" + route,
            Map.of(
                "challengeId",
                challenge,
                "signature",
                signature,
                "userAgent",
                "test",
                "address",
                "127.0.0.1"));
  }

  /** Adds a key of theirs: asks what to sign, runs the command as it was printed, and answers. */
  public Response addKey(SshHome home) {
    Response challenge = keyChallenge();
    return answerKey(challenge.path("id"), home.shell(challenge.path("command")), Map.of());
  }

  public Response keyChallenge() {
    return post("/ssh-keys/challenges", Map.of());
  }

  public Response answerKey(String challenge, String signature, Map<String, String> more) {
    Map<String, String> body = new java.util.HashMap<>(more);
    body.put("challengeId", challenge);
    body.put("signature", signature);
    return post("/ssh-keys", body);
  }

  public String id() {
    return id;
  }

  public String secret() {
    return secret;
  }

  public String bearer() {
    return bearer;
  }

  public Response get(String path) {
    return as().get(path);
  }

  public Response post(String path, Map<String, ?> body) {
    return as().contentType("application/json").body(body).post(path);
  }

  public Response patch(String path, Map<String, ?> body) {
    return as().contentType("application/json").body(body).patch(path);
  }

  public Response delete(String path) {
    return as().delete(path);
  }

  private RequestSpecification as() {
    return given()
        .header("Authorization", "Bearer " + bearer)
        .header("Coffer-Client-Address", ADDRESS);
  }
}
