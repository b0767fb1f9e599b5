// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.gateway.stage.TestBrowser;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Stage.class)
class DoorIT {
  private static final Map<String, String> ALWAYS =
      Map.of(
          "x-content-type-options", "nosniff",
          "referrer-policy", "no-referrer",
          "cross-origin-opener-policy", "same-origin",
          "cross-origin-resource-policy", "same-origin");

  Stage stage;

  private record Raw(int status, Map<String, String> headers, String body) {}

  /** One request, written byte by byte as given; the whole answer. */
  private Raw raw(String request) {
    try (Socket socket = new Socket("127.0.0.1", stage.port())) {
      socket.setSoTimeout(5000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int end = text.indexOf("\r\n\r\n");
      Map<String, String> headers = new TreeMap<>();
      for (String line : List.of(text.substring(0, end).split("\r\n")).subList(1, lines(text))) {
        String[] header = line.split(": ?", 2);
        headers.merge(header[0].toLowerCase(Locale.ROOT), header[1], (a, b) -> a + " AND " + b);
      }
      return new Raw(Integer.parseInt(text.split(" ")[1]), headers, text.substring(end + 4));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static int lines(String text) {
    return text.substring(0, text.indexOf("\r\n\r\n")).split("\r\n").length;
  }

  private Raw ask(String method, String path, String... headers) {
    String host = "Host: localhost:" + stage.port() + "\r\nConnection: close\r\n";
    return raw(method + " " + path + " HTTP/1.1\r\n" + host + String.join("", headers) + "\r\n");
  }

  private static void assertAlways(Raw answer) {
    assertThat(answer.headers()).as(answer.toString()).containsAllEntriesOf(ALWAYS);
    assertThat(answer.headers().get("permissions-policy")).contains("camera=()");
    assertThat(answer.headers().get("content-security-policy"))
        .contains("default-src 'none'")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(answer.headers())
        .doesNotContainKeys("server", "strict-transport-security", "x-powered-by")
        .noneSatisfy((name, value) -> assertThat(name).startsWith("access-control"));
  }

  private static void assertProblem(Raw answer, int status) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.headers().get("content-type")).isEqualTo("application/problem+json");
    assertThat(answer.headers().get("cache-control")).isEqualTo("no-store");
    assertThat(TestBrowser.json(answer.body()).path("id").asText()).isNotEmpty();
    assertThat(answer.body()).doesNotContain("Exception").doesNotContain("\tat ");
    assertAlways(answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/sign-in", "/signed-out", "/w/x", "/nope", "/assets/nope.js", "/q/dev"})
  void pagesAndFilesHaveTheHeaders(String path) {
    assertAlways(ask("GET", path, "Accept: text/html\r\n"));
    assertAlways(ask("HEAD", path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/me",
        "/api/workspaces",
        "/api/sessions",
        "/api/events",
        "/api/workspaces/x",
        "/api/sessions/x/terminals"
      })
  void routesAnswerASignedOutBrowserWithAProblem(String path) {
    Raw answer = ask("GET", path);
    assertProblem(answer, 401);
    assertThat(answer.body()).contains("/signed-out\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/api", "/api/", "/api/nope", "/api/internal/tokens", "/nope", "/q/health"})
  void unknownPathsAreProblems(String path) {
    assertProblem(ask("GET", path), 404);
  }

  /** Routes are looked for without them, so a limit or a rule of paths would be passed by. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api;x/me",
        "/api/me;x=1",
        "/api/sign-in;x=1/methods",
        "/api/sign-in/providers;x/corp",
        "/;x",
        "/sign-in;jsessionid=1"
      })
  void pathsHaveNoParameters(String path) {
    assertProblem(ask("GET", path), 404);
    assertProblem(ask("POST", path), 404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "OPTIONS", "PROPFIND", "CONNECT"})
  void unknownMethodsAreProblems(String method) {
    assertProblem(ask(method, "/api/me"), 405);
  }

  @Test
  void aMethodThatARouteHasNotIsAProblem() {
    TestBrowser browser = stage.newBrowser();
    HttpResponse<String> answer = browser.change("PUT", "/api/me", "{}", b -> b);
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(TestBrowser.slug(answer)).isEqualTo("method");
  }

  @Test
  void aPreflightOfAnotherSiteGetsNoLeave() {
    Raw answer =
        ask(
            "OPTIONS",
            "/api/workspaces",
            "Origin: http://evil.example\r\n",
            "Access-Control-Request-Method: POST\r\n");
    assertProblem(answer, 405);
  }

  @Test
  void aReadOfAnotherSiteIsRefusedWithoutCors() {
    assertProblem(ask("GET", "/api/me", "Origin: http://evil.example\r\n"), 403);
    assertProblem(ask("GET", "/api/me", "Origin: null\r\n"), 403);
  }

  @Test
  void anotherHostIsRefused() {
    Raw answer = raw("GET /api/me HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    assertProblem(answer, 421);
  }

  @Test
  void aHostThatIsNoneIsRefusedLikeAnother() {
    String close = "Connection: close\r\n\r\n";
    String evil = "Host: localhost:" + stage.port() + ".evil\r\n";
    for (String path : List.of("/api/me", "/", "/api/events")) {
      assertProblem(raw("GET " + path + " HTTP/1.1\r\n" + evil + close), 421);
      assertProblem(raw("GET " + path + " HTTP/1.1\r\n" + close), 421);
    }
    String host = "Host: localhost:" + stage.port() + "\r\n";
    assertProblem(raw("GET * HTTP/1.1\r\n" + host + close), 404);
  }

  @Test
  void whatTheRequestLineSaysOfTheHostCountsToo() {
    String host = " HTTP/1.1\r\nHost: localhost:" + stage.port() + "\r\nConnection: close\r\n\r\n";
    assertProblem(raw("GET http://evil.example/api/me" + host), 421);
    assertProblem(raw("GET http://evil.example@localhost:" + stage.port() + "/api/me" + host), 421);
    assertProblem(raw("GET http://localhost:" + stage.port() + "/api/me" + host), 401);
  }

  @Test
  void aPageOnTheLoopbackAddressGoesToTheOrigin() {
    String host = "Host: 127.0.0.1:" + stage.port() + "\r\nConnection: close\r\n\r\n";
    Raw page = raw("GET /sign-in HTTP/1.1\r\n" + host);
    assertThat(page.status()).isEqualTo(307);
    assertThat(page.headers().get("location")).isEqualTo(stage.origin() + "/sign-in");
    assertAlways(page);
    assertProblem(raw("GET /api/me HTTP/1.1\r\n" + host), 421);
    assertProblem(raw("POST /sign-in HTTP/1.1\r\nContent-Length: 0\r\n" + host), 421);
  }

  @Test
  void aDoubleSlashOrDotsLeadNowhereElse() {
    assertThat(ask("GET", "//evil.example/").headers()).doesNotContainKey("location");
    assertProblem(ask("GET", "/assets"), 404);
    assertProblem(ask("GET", "/assets/..%2findex.html"), 404);
    assertProblem(ask("GET", "/assets/../application.properties"), 404);
    assertProblem(ask("GET", "/w/../api/me"), 401);
    Raw redirected =
        raw(
            "GET //evil.example HTTP/1.1\r\nHost: 127.0.0.1:"
                + stage.port()
                + "\r\nConnection: close\r\n\r\n");
    assertThat(redirected.headers().get("location")).startsWith(stage.origin() + "/");
  }

  @Test
  void aBodyAboveTheLimitIsAProblem() {
    TestBrowser browser = stage.newBrowser();
    String large = "{\"name\":\"" + "n".repeat(66_000) + "\"}";
    HttpResponse<String> answer = browser.post("/api/workspaces", large);
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(TestBrowser.slug(answer)).isEqualTo("too-large");
    assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
  }

  @Test
  void aBodyWithoutALengthIsAProblem() {
    Raw answer =
        ask(
            "POST",
            "/api/sign-in",
            "X-Coffer: 1\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\n",
            "Transfer-Encoding: chunked\r\n",
            "\r\n0\r\n");
    assertProblem(answer, 411);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"n\",\"id\":\"x\"}",
        "{\"name\":7}",
        "{\"name\":true}",
        "{\"name\":[\"n\"]}",
        "{\"name\":null}",
        "{}",
        "[]",
        "null",
        "",
        "\"n\"",
        "{\"name\":\"n\"",
        "{\"name\":\"n\"}{\"name\":\"n\"}",
        "{\"name\":\"n\",\"name\":\"n\"}",
        "<name/>"
      })
  void aBodyThatIsNotWhatIsAskedForIsAProblem(String body) {
    TestBrowser browser = stage.newBrowser();
    HttpResponse<String> answer = browser.post("/api/workspaces", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
    assertThat(answer.body()).doesNotContain("jackson").doesNotContain("Exception");
  }

  @Test
  void unknownFieldsAreRefusedEverywhere() {
    TestBrowser browser = stage.newBrowser();
    String extra = "{\"extra\":1}";
    String id = "00000000-0000-4000-8000-000000000000";
    for (String path :
        List.of(
            "/api/sign-in",
            "/api/sign-out",
            "/api/workspaces",
            "/api/workspaces/" + id + "/warm",
            "/api/workspaces/" + id + "/unlock",
            "/api/sessions/" + id + "/lock",
            "/api/sessions/" + id + "/terminals",
            "/api/sessions/" + id + "/terminals/1/tickets")) {
      HttpResponse<String> answer = browser.post(path, extra);
      assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(400);
      assertThat(answer.body()).as(path).contains("\"field\":\"extra\"");
    }
  }

  @Test
  void aCookieThatComesTwiceIsNone() {
    String ours = stage.newBrowser().cookie();
    String other = "__Host-coffer=" + "A".repeat(43);
    Raw once = ask("GET", "/api/me", "Cookie: a=b; " + ours + "; c=d\r\n");
    assertThat(once.status()).isEqualTo(200);
    for (String cookies :
        List.of(
            ours + "; " + other,
            other + "; " + ours,
            ours + ";" + ours,
            ours + "\r\nCookie: x=y; " + other,
            ours.replace("=", "=\"") + "\"")) {
      assertProblem(ask("GET", "/api/me", "Cookie: " + cookies + "\r\n"), 401);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Coffer: 2",
        "X-Coffer: 1",
        "Sec-Fetch-Site: cross-site",
        "Content-Type: text/plain",
        "Origin: http://localhost"
      })
  void aHeaderThatComesTwiceIsNotWhatItShouldBe(String second) {
    String fine =
        "X-Coffer: 1\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\n"
            + "Content-Length: 2\r\nOrigin: "
            + stage.origin()
            + "\r\n";
    assertThat(ask("POST", "/api/sign-out", fine, "\r\n{}").status()).isEqualTo(204);
    Raw answer = ask("POST", "/api/sign-out", fine, second + "\r\n", "\r\n{}");
    assertThat(answer.status()).isIn(403, 415);
    assertAlways(answer);
  }

  @Test
  void aBodyOfUnknownLengthIsNeverTakenForTheNextRequest() {
    String host = "Host: localhost:" + stage.port() + "\r\n";
    String hidden = "GET /api/me HTTP/1.1\r\n" + host + "\r\n";
    Raw answer =
        raw("POST /api/sign-in HTTP/1.1\r\n" + host + "Transfer-Encoding: odd\r\n\r\n" + hidden);
    assertProblem(answer, 411);
    assertThat(answer.body()).doesNotContain("HTTP/1.1");
  }

  @Test
  void everyChangeNeedsToComeFromOurPage() {
    TestBrowser browser = stage.newBrowser();
    for (String[] route :
        new String[][] {
          {"POST", "/api/sign-out"},
          {"POST", "/api/workspaces"},
          {"DELETE", "/api/workspaces/x"},
          {"POST", "/api/workspaces/x/warm"},
          {"POST", "/api/workspaces/x/unlock"},
          {"POST", "/api/sessions/x/lock"},
          {"POST", "/api/sessions/x/terminals"},
          {"DELETE", "/api/sessions/x/terminals/1"},
          {"POST", "/api/sessions/x/terminals/1/tickets"}
        }) {
      assertThat(
              browser
                  .change(
                      route[0], route[1], "{}", b -> b.setHeader("Sec-Fetch-Site", "cross-site"))
                  .statusCode())
          .as(route[1])
          .isEqualTo(403);
      assertThat(
              browser
                  .change(route[0], route[1], "{}", b -> b.setHeader("X-Coffer", "0"))
                  .statusCode())
          .as(route[1])
          .isEqualTo(403);
    }
    assertThat(browser.get("/api/me").statusCode()).isEqualTo(200);
  }
}
