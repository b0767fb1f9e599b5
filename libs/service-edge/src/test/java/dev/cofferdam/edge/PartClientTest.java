// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.cofferdam.partidentity.IdentityException;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.quarkus.runtime.LaunchMode;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PartClientTest {
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Vertx vertx = Vertx.vertx();
  private HttpServer part;
  private PartClient client;

  @BeforeEach
  void start() throws IOException {
    part = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    part.start();
    LaunchMode.set(LaunchMode.TEST);
    client = new PartClient(vertx, "some-part", List.of(address()), new ObjectMapper());
  }

  @AfterEach
  void stop() {
    LaunchMode.set(LaunchMode.NORMAL);
    ended.countDown();
    part.stop(0);
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + part.getAddress().getPort());
  }

  private void answer(int status, String body) {
    part.createContext(
        "/",
        exchange -> {
          byte[] bytes = body.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  @Test
  void passesOnWhenToComeAgain() {
    part.createContext(
        "/",
        exchange -> {
          byte[] body =
              "{\"type\":\"https://cofferdam.dev/problems/too-many-tries\",\"title\":\"t\"}"
                  .getBytes(UTF_8);
          exchange.getResponseHeaders().add("Retry-After", "17");
          exchange.sendResponseHeaders(429, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    ProblemException refused =
        catchThrowableOfType(
            ProblemException.class, () -> client.call("POST", "/", "x", Map.of("a", "b")));
    assertThat(refused.problem().status()).isEqualTo(429);
    assertThat(refused.problem().retryAfterSeconds()).contains(17);
  }

  @Test
  void tellsFromWhereAPersonAsksAndNothingIfNobodyDoes() {
    List<List<String>> told = new CopyOnWriteArrayList<>();
    part.createContext(
        "/",
        exchange -> {
          List<String> said = exchange.getRequestHeaders().get(ClientAddressHeader.NAME);
          told.add(said == null ? List.of() : said);
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    AtomicReference<String> from = new AtomicReference<>("2001:db8::7");
    PartClient speaking =
        new PartClient(vertx, "some-part", List.of(address()), new ObjectMapper(), from::get);
    speaking.call("GET", "/", "x", null);
    from.set("");
    speaking.call("GET", "/", "x", null);
    client.call("GET", "/", "x", null);
    assertThat(told).containsExactly(List.of("2001:db8::7"), List.of(), List.of());
  }

  @Test
  void anAddressIsNothingElse() {
    assertThat(List.of("192.0.2.7", "2001:db8::7", "::", "::1"))
        .allMatch(ClientAddressHeader::isAddress);
    assertThat(List.of("", "somewhere", "192.0.2.7, 192.0.2.8", "192.0.2.7\n", "1".repeat(46)))
        .noneMatch(ClientAddressHeader::isAddress);
  }

  @Test
  void speaksPlainlyToNobodyOutsideTests() {
    LaunchMode.set(LaunchMode.NORMAL);
    assertThatThrownBy(
            () -> new PartClient(vertx, "auth-service", List.of(address()), new ObjectMapper()))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("https");
  }

  private Problem refusal() {
    return catchThrowableOfType(
            ProblemException.class, () -> client.call("POST", "/x", "credential", Map.of()))
        .problem();
  }

  @Test
  void handsOnTheAnswer() {
    answer(200, "{\"a\":1}");
    assertThat(client.call("GET", "/x", "credential", null).path("a").asInt()).isEqualTo(1);
  }

  @Test
  void nothingIsAnEmptyAnswer() {
    answer(204, "");
    assertThat(client.call("POST", "/x", "credential", null).isEmpty()).isTrue();
  }

  @Test
  void passesProblemsOnAsTheyAre() {
    answer(
        400,
        "{\"type\":\"https://cofferdam.dev/problems/invalid-field\",\"title\":\"t\",\"detail\":\"d\","
            + "\"id\":\"7\",\"errors\":[{\"field\":\"name\",\"rule\":\"short\"}]}");
    Problem problem = refusal();
    assertThat(problem.slug()).isEqualTo("invalid-field");
    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.id()).isEqualTo("7");
    assertThat(problem.errors()).containsExactly(new Problem.FieldError("name", "short"));
  }

  @Test
  void whatIsNoProblemOfOursIsAPartInTrouble() {
    answer(502, "{\"message\":\"stack trace\"}");
    assertThat(refusal().status()).isEqualTo(503);
  }

  @Test
  void whatIsNoJsonIsAPartInTrouble() {
    answer(500, "<html>");
    assertThat(refusal().status()).isEqualTo(503);
  }

  @Test
  void aPartThatIsNotThereIsUnavailable() {
    part.stop(0);
    assertThat(refusal().detail()).startsWith("some-part");
  }

  @Test
  void whoCarriesTerminalsIsNotMadeToWait() {
    answer(200, "{}");
    CompletableFuture<Throwable> refused = new CompletableFuture<>();
    vertx.runOnContext(
        v -> refused.complete(catchThrowable(() -> client.call("GET", "/x", "credential", null))));
    assertThat(refused.join()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aQuestionOnAConnectionThatWasClosedMeanwhileIsAskedAgain() throws IOException {
    try (ServerSocket hangsUpOnce = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI place = URI.create("http://127.0.0.1:" + hangsUpOnce.getLocalPort());
      Thread.ofVirtual().start(() -> hangUpThenAnswer(hangsUpOnce));
      PartClient asking = new PartClient(vertx, "some-part", List.of(place), new ObjectMapper());
      assertThat(asking.call("GET", "/x", "credential", null).path("a").asInt()).isEqualTo(1);
    }
  }

  @Test
  void aChangeOnAConnectionThatWasClosedMeanwhileIsNotMadeTwice() throws IOException {
    try (ServerSocket hangsUpOnce = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI place = URI.create("http://127.0.0.1:" + hangsUpOnce.getLocalPort());
      Thread.ofVirtual().start(() -> hangUpThenAnswer(hangsUpOnce));
      PartClient asking = new PartClient(vertx, "some-part", List.of(place), new ObjectMapper());
      assertThatThrownBy(() -> asking.call("POST", "/x", "credential", Map.of()))
          .isInstanceOf(ProblemException.class);
    }
  }

  /** The first asker is heard and hung up on, the second answered. */
  private static void hangUpThenAnswer(ServerSocket place) {
    try {
      try (Socket first = place.accept()) {
        first.getInputStream().read();
      }
      try (Socket second = place.accept()) {
        second.getInputStream().read();
        String answer = "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{\"a\":1}";
        second.getOutputStream().write(answer.getBytes(UTF_8));
        second.getInputStream().readAllBytes();
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  @Test
  void aPartThatHangsIsUnavailable() {
    part.createContext(
        "/",
        exchange -> {
          try {
            ended.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    assertThat(refusal().status()).isEqualTo(503);
  }

  private PartClient withReplicas(URI first) {
    return new PartClient(vertx, "some-part", List.of(first, address()), new ObjectMapper());
  }

  private static URI nobody() throws IOException {
    try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + once.getLocalPort());
    }
  }

  @Test
  void asksTheNextReplicaIfOneTakesNoConnection() throws IOException {
    answer(200, "{\"a\":1}");
    PartClient both = withReplicas(nobody());
    assertThat(both.call("POST", "/x", "credential", Map.of()).path("a").asInt()).isEqualTo(1);
    assertThat(both.call("POST", "/x", "credential", Map.of()).path("a").asInt()).isEqualTo(1);
  }

  /** Takes what it is sent, and dies before it answers. */
  private static ServerSocket dying() throws IOException {
    ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> breakOffEach(listening));
    return listening;
  }

  private static void breakOffEach(ServerSocket listening) {
    try {
      while (true) {
        try (Socket connection = listening.accept()) {
          int first = connection.getInputStream().read();
          assertThat(first).isBetween(-1, 255);
        }
      }
    } catch (IOException e) {
      // The test is over.
      return;
    }
  }

  @Test
  void asksTheNextReplicaIfOneBreaksOffWhatChangesNothing() throws IOException {
    answer(200, "{\"a\":1}");
    try (ServerSocket first = dying()) {
      PartClient both = withReplicas(URI.create("http://127.0.0.1:" + first.getLocalPort()));
      assertThat(both.call("GET", "/x", "credential", null).path("a").asInt()).isEqualTo(1);
    }
  }

  @Test
  void sendsNothingAgainThatMayHaveArrived() throws IOException {
    answer(200, "{\"a\":1}");
    try (ServerSocket first = dying()) {
      client = withReplicas(URI.create("http://127.0.0.1:" + first.getLocalPort()));
      assertThat(refusal().status()).isEqualTo(503);
    }
  }
}
