// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cofferdam.testkit.SshHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;

/** A browser's requests without a browser: signed in, with the headers that a page sends. */
final class ApiClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** The first unlock behind a start is slow on a busy machine; in a whole run, few of them are. */
  private static final AtomicInteger UNLOCKS_TO_REPEAT = new AtomicInteger(12);

  private static final int UNLOCK_TRIES = 3;

  private final int port;
  private final String origin;
  private final String cookie;
  private final Optional<SSLContext> tls;

  private ApiClient(int port, String origin, String cookie, Optional<SSLContext> tls) {
    this.port = port;
    this.origin = origin;
    this.cookie = cookie;
    this.tls = tls;
  }

  ApiClient holding(Reply signedIn) {
    assertThat(signedIn.status()).as(signedIn.toString()).isEqualTo(204);
    String given = signedIn.header("set-cookie").orElseThrow().split(";")[0];
    return new ApiClient(port, origin, given, tls);
  }

  /** Uses up a sign-in link. */
  static ApiClient signedIn(Coffer coffer) {
    return stranger(coffer).byLink(coffer.freshLink());
  }

  ApiClient byLink(String link) {
    String token = URI.create(link).getFragment();
    return holding(send(post("/api/sign-in", "{\"token\":\"" + token + "\"}")));
  }

  /** Over TLS, by an authority that this one believes. */
  static ApiClient signedIn(Coffer coffer, SSLContext tls) {
    return new ApiClient(coffer.port(), coffer.origin(), "", Optional.of(tls))
        .byLink(coffer.freshLink());
  }

  /** Signs in by running the command that a challenge shows, at this home. */
  static ApiClient signedIn(Coffer coffer, SshHome home) {
    ApiClient stranger = stranger(coffer);
    return stranger.holding(stranger.signIn(home));
  }

  Reply signIn(SshHome home) {
    Reply asked = send(post("/api/sign-in/ssh-key/challenges", "{}"));
    assertThat(asked.status()).as(asked.toString()).isEqualTo(201);
    return send(post("/api/sign-in/ssh-key", signed(asked.json(), home)));
  }

  /** Adds a key of theirs, which signs for it. */
  Reply addKey(String name, SshHome home) {
    return send(
        post("/api/ssh-keys", signature(keyChallenge(), home).put("name", name).toString()));
  }

  JsonNode keyChallenge() {
    return challenge("/api/ssh-keys/challenges", "{}");
  }

  /** Makes the account that an invitation is for. */
  Reply join(String invitation, String name, SshHome home) {
    ObjectNode body = JSON.createObjectNode().put("token", invitation);
    JsonNode challenge = challenge("/api/sign-in/invitation/challenges", body.toString());
    body.put("name", name).setAll(signature(challenge, home));
    return send(post("/api/sign-in/invitation", body.toString()));
  }

  private JsonNode challenge(String path, String json) {
    Reply asked = send(post(path, json));
    assertThat(asked.status()).as(asked.toString()).isEqualTo(201);
    return asked.json();
  }

  /** The answer to a challenge. */
  static String signed(JsonNode challenge, SshHome home) {
    return signature(challenge, home).toString();
  }

  private static ObjectNode signature(JsonNode challenge, SshHome home) {
    ObjectNode answer = JSON.createObjectNode();
    answer.put("challengeId", challenge.path("id").asText());
    answer.put("signature", home.shell(challenge.path("command").asText()));
    return answer;
  }

  /** Somebody without a cookie. */
  static ApiClient stranger(Coffer coffer) {
    return new ApiClient(coffer.port(), coffer.origin(), "", Optional.empty());
  }

  /** The same through what stands in front of the gateways. */
  static ApiClient through(Balancer balancer) {
    return new ApiClient(balancer.port(), balancer.origin(), "", Optional.empty());
  }

  String origin() {
    return origin;
  }

  String cookie() {
    return cookie;
  }

  private SocketFactory sockets() {
    return tls.<SocketFactory>map(SSLContext::getSocketFactory).orElse(SocketFactory.getDefault());
  }

  /** Whom it believes; empty for plain HTTP. */
  Optional<SSLContext> tls() {
    return tls;
  }

  Request get(String path) {
    Request request = Request.of("GET", path).with("Host", URI.create(origin).getAuthority());
    return cookie.isEmpty() ? request : request.with("Cookie", cookie);
  }

  Request post(String path, String json) {
    return changing("POST", path, json);
  }

  Request changing(String method, String path, String json) {
    Request page = get(path);
    return new Request(method, path, page.headers(), new byte[0])
        .with("Content-Type", "application/json")
        .with("X-Coffer", "1")
        .with("Origin", origin())
        .with("Sec-Fetch-Site", "same-origin")
        .body(json);
  }

  /** The handshake that a page makes. */
  Request upgrade(String ticket) {
    return get("/api/terminal?ticket=" + ticket)
        .with("Connection", "Upgrade")
        .with("Upgrade", "websocket")
        .with("Sec-WebSocket-Version", "13")
        .with("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
        .with("Sec-WebSocket-Protocol", "coffer.terminal.v1")
        .with("Origin", origin());
  }

  Reply send(Request request) {
    return RawHttp.send(sockets(), port, request);
  }

  JsonNode read(String path) {
    return succeeded(send(get(path))).json();
  }

  /**
   * A cold or busy part may let the first try run into 503; then it is asked whether it was done.
   */
  String createWorkspace(String name) {
    Request request = post("/api/workspaces", "{\"name\":\"" + name + "\"}");
    return Await.value(
        "workspace " + name,
        PATIENCE,
        () -> {
          Reply reply = send(request);
          return reply.status() == 201
              ? Optional.of(reply.json().path("id").asText())
              : findWorkspace(name);
        });
  }

  /** The id of the workspace of this name. */
  Optional<String> findWorkspace(String name) {
    for (JsonNode workspace : read("/api/workspaces")) {
      if (workspace.path("name").asText().equals(name)) {
        return Optional.of(workspace.path("id").asText());
      }
    }
    return Optional.empty();
  }

  /** The new session's id, if it opens at present. */
  Optional<String> tryToUnlock(String workspace) {
    Reply reply = send(post("/api/workspaces/" + workspace + "/unlock", "{}"));
    return reply.status() == 200 && reply.text().contains("\"session\"")
        ? Optional.of(sessionIn(reply))
        : Optional.empty();
  }

  /** The new session's id; asked for again where a part gave no answer in time, as people are. */
  String unlock(String workspace) {
    Request request = post("/api/workspaces/" + workspace + "/unlock", "{}");
    Reply reply = succeeded(send(request));
    for (int tries = 1; tries < UNLOCK_TRIES && isToTryAgain(reply); tries++) {
      int left = UNLOCKS_TO_REPEAT.decrementAndGet();
      System.err.println("An unlock was repeated, " + left + " more may be: " + reply);
      assertThat(left).as("unlocks that failed for a moment: " + reply).isNotNegative();
      reply = succeeded(send(request));
    }
    return sessionIn(reply);
  }

  private static boolean isToTryAgain(Reply reply) {
    return reply.text().contains("/problems/unavailable")
        || reply.text().contains("/problems/session-opening");
  }

  private static String sessionIn(Reply reply) {
    String last = reply.text().strip().lines().reduce((first, second) -> second).orElse("{}");
    try {
      String session = JSON.readTree(last).path("session").path("id").asText();
      assertThat(session).as(reply.toString()).isNotEmpty();
      return session;
    } catch (IOException e) {
      throw new UncheckedIOException(reply.toString(), e);
    }
  }

  Reply lock(String session) {
    return send(post("/api/sessions/" + session + "/lock", "{}"));
  }

  int createTerminal(String session) {
    String path = "/api/sessions/" + session + "/terminals";
    return succeeded(send(post(path, "{\"cols\":80,\"rows\":24}"))).json().path("id").asInt();
  }

  String ticket(String session, int terminal) {
    String path = "/api/sessions/" + session + "/terminals/" + terminal + "/tickets";
    return succeeded(send(post(path, "{}"))).json().path("ticket").asText();
  }

  private static Reply succeeded(Reply reply) {
    assertThat(reply.status()).as(reply.toString()).isBetween(200, 299);
    return reply;
  }
}
