// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server as the gateway's, without its routes: a class loader of Quarkus' tests hides the
 * extension from Netty, the one of the built gateway does not.
 */
class WireHeadersTest {
  private final Vertx vertx = Vertx.vertx();
  private HttpServer server;

  @BeforeEach
  void start() {
    start("http://localhost:1");
  }

  private void start(String origin) {
    HttpServerOptions options = new HttpServerOptions().setHttp2ClearTextEnabled(false);
    WireHeadersOn headers = new WireHeadersOn(new PublicOrigin(URI.create(origin)));
    headers.start(new StartupEvent());
    headers.customizeHttpServer(options);
    server =
        vertx
            .createHttpServer(options)
            .requestHandler(WireHeadersTest::answer)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  private static void answer(HttpServerRequest request) {
    if (request.path().equals("/bare")) {
      request.response().setStatusCode(400).end();
      return;
    }
    request.response().putHeader("X-Content-Type-Options", "ours").end("hello");
  }

  @AfterEach
  void stop() {
    vertx.close();
  }

  private String ask(String request) {
    try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
      socket.setSoTimeout(5000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertHeaders(String answer) {
    assertThat(answer)
        .contains("X-Content-Type-Options: nosniff")
        .contains("Content-Security-Policy: default-src 'none'")
        .contains("Cross-Origin-Resource-Policy: same-origin")
        .contains("Cache-Control: no-store")
        .contains("Referrer-Policy: no-referrer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GARBAGE\r\n\r\n",
        "GET / HTTP/1.1\r\nBad Header\u0001: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n"
      })
  void areOnAnswersToWhatIsNoRequest(String request) {
    String answer = ask(request);
    assertThat(answer).containsPattern("^HTTP/1.. 400 ");
    assertHeaders(answer);
    assertProblem(answer, "malformed", 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/0.9", "HTTP/1.2", "HTTP/2.0", "HTTP/3.7", "FTP/1.1"})
  void areOnAnswersToWhatIsNoHttp1(String protocol) {
    String next = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    String answer = ask("GET / " + protocol + "\r\nHost: x\r\n\r\n" + next);
    assertThat(answer).startsWith("HTTP/1.1 400 ").doesNotContain("hello");
    assertHeaders(answer);
    assertProblem(answer, "malformed", 400);
  }

  @Test
  void areOnAnswersToWhatIsTooLongToRead() {
    String line = ask("GET /" + "a".repeat(9000) + " HTTP/1.1\r\n\r\n");
    assertThat(line).containsPattern("^HTTP/1.. 414 ");
    assertHeaders(line);
    assertProblem(line, "address-too-long", 414);
    String header = ask("GET / HTTP/1.1\r\nX: " + "a".repeat(20_000) + "\r\n\r\n");
    assertThat(header).containsPattern("^HTTP/1.. 431 ");
    assertHeaders(header);
    assertProblem(header, "headers-too-large", 431);
  }

  /** Its length is right too: nothing of it is taken for the next answer. */
  private static void assertProblem(String answer, String slug, int status) {
    String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
    assertThat(answer.toLowerCase(Locale.ROOT))
        .contains("content-type: application/problem+json\r\n")
        .containsOnlyOnce("content-length: " + body.length() + "\r\n");
    JsonObject problem = new JsonObject(body);
    assertThat(problem.getString("type")).isEqualTo("https://cofferdam.dev/problems/" + slug);
    assertThat(problem.getInteger("status")).isEqualTo(status);
    assertThat(problem.getString("id")).isNotEmpty();
  }

  /** As the framework refuses an address that is none, before any route. */
  @Test
  void areOnWhatNoRouteRefusesAndEndTheConnection() {
    String answer = ask("GET /bare HTTP/1.1\r\nHost: x\r\n\r\n");
    assertHeaders(answer);
    assertProblem(answer, "malformed", 400);
    assertThat(answer).contains("connection: close");
  }

  @Test
  void leaveAloneWhatHasHeadersAlready() {
    String answer = ask("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertThat(answer).contains("X-Content-Type-Options: ours").endsWith("hello");
    assertThat(answer).doesNotContain("Referrer-Policy");
  }

  @Test
  void keepBrowsersToHttpsIfThatIsTheOrigin() {
    assertThat(ask("GARBAGE\r\n\r\n")).doesNotContain("Strict-Transport-Security");
    start("https://coffer.example");
    String answer = ask("GARBAGE\r\n\r\n");
    assertHeaders(answer);
    assertThat(answer).contains("Strict-Transport-Security: max-age=63072000; includeSubDomains");
  }
}
