// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.gateway.stage.TestBrowser;
import dev.cofferdam.identity.Role;
import dev.cofferdam.testkit.permission.PermissionTable;
import dev.cofferdam.testkit.permission.PermissionTable.Row;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Rule H1: each answer of each route has these headers and no others, whatever its status. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
class HeadersIT {
  private static final Map<String, String> ALWAYS =
      Map.of(
          "cache-control",
          "no-store",
          "content-security-policy",
          "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "cross-origin-opener-policy",
          "same-origin",
          "cross-origin-resource-policy",
          "same-origin",
          "permissions-policy",
          "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(),"
              + " magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()",
          "referrer-policy",
          "no-referrer",
          "x-content-type-options",
          "nosniff");

  /** What the form of a message demands. */
  private static final Set<String> OF_THE_MESSAGE =
      Set.of("content-length", "content-type", "transfer-encoding", "connection");

  /** What single routes add, and nothing else may. */
  private static final Map<String, Set<String>> OF_ROUTES =
      Map.of(
          "POST /api/sign-out", Set.of("set-cookie", "clear-site-data"),
          "GET /api/events", Set.of("x-accel-buffering"),
          "GET /api/audit/export", Set.of("content-disposition"),
          "GET /api/audit/key", Set.of("content-disposition"),
          "GET /api/sign-in/providers/{id}", Set.of("set-cookie", "location"),
          "GET /api/sign-in/providers/{id}/callback", Set.of("set-cookie", "location"));

  Stage stage;

  private static List<Row> routes() {
    return PermissionTable.ofService("terminal-gateway").stream()
        .filter(row -> row.path().startsWith("/api/"))
        .toList();
  }

  /** What is sent: as our page does it, but for one thing. */
  private record Attempt(String name, boolean signedIn, UnaryOperator<HttpRequest.Builder> twist) {}

  @Test
  void ofEveryRouteWhateverIsWrongWithTheRequest() throws IOException {
    for (Row row : routes()) {
      for (Attempt attempt : attempts(row)) {
        assertHeaders(row, attempt);
      }
    }
  }

  private static List<Attempt> attempts(Row row) {
    String method = row.method();
    return List.of(
        new Attempt("good", true, r -> r),
        new Attempt("signed out", false, r -> r),
        new Attempt("other site", true, r -> r.setHeader("Origin", "http://evil.example")),
        new Attempt("other form", true, r -> r.setHeader("Content-Type", "text/plain")),
        new Attempt("no JSON", true, r -> sending(r, method, "{\"")),
        new Attempt("unknown field", true, r -> sending(r, method, "{\"nope\":1}")),
        new Attempt("too large", true, r -> sending(r, method, " ".repeat(70_000))),
        new Attempt("other method", true, r -> sending(r, "PUT", "{}")),
        new Attempt("no method", true, r -> sending(r, "TRACE", "{}")));
  }

  private static HttpRequest.Builder sending(HttpRequest.Builder r, String method, String body) {
    boolean reads = method.equals("GET");
    return r.method(method, reads ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
  }

  private void assertHeaders(Row row, Attempt attempt) throws IOException {
    TestBrowser browser =
        attempt.signedIn()
            ? stage.browserOf(Role.OWNER)
            : new TestBrowser(stage.origin(), "nobody");
    String path = row.path().replace("{id}", id(browser)).replaceAll("\\{[a-zA-Z]+}", "1");
    HttpRequest.Builder request =
        browser
            .request(path)
            .setHeader("Content-Type", "application/json")
            .setHeader("X-Coffer", "1")
            .setHeader("Sec-Fetch-Site", "same-origin");
    HttpResponse<InputStream> answer =
        TestBrowser.send(
            attempt.twist().apply(sending(request, row.method(), "{}")),
            BodyHandlers.ofInputStream());
    answer.body().close();
    assertSnapshot(row.route(), row.route() + ", " + attempt.name(), answer);
  }

  private String id(TestBrowser browser) {
    return browser.user().equals("nobody")
        ? UUID.randomUUID().toString()
        : stage.workspaceOf(browser.user());
  }

  private static void assertSnapshot(String route, String name, HttpResponse<?> answer) {
    Map<String, String> rest = new TreeMap<>();
    answer
        .headers()
        .map()
        .forEach((header, values) -> rest.put(header, String.join(" AND ", values)));
    rest.keySet().removeAll(OF_THE_MESSAGE);
    if (answer.statusCode() < 400) {
      rest.keySet().removeAll(OF_ROUTES.getOrDefault(route, Set.of()));
    }
    if (answer.statusCode() == 503 || answer.statusCode() == 429) {
      assertThat(rest.remove("retry-after")).as(name).isNotNull();
    }
    assertThat(rest).as(name + ": " + answer.statusCode()).isEqualTo(new TreeMap<>(ALWAYS));
    if (answer.statusCode() >= 400) {
      assertThat(answer.headers().firstValue("content-type"))
          .as(name)
          .contains("application/problem+json");
    }
  }

  /** A fault of ours: what auth-service answers makes no sense. */
  @Test
  void ofAFault() {
    TestBrowser browser = stage.browserOf(Role.OWNER);
    stage.confuse(browser.user());
    HttpResponse<String> answer = browser.get("/api/me");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(TestBrowser.slug(answer)).isEqualTo("internal");
    assertThat(answer.body()).doesNotContain("Exception").doesNotContain("dev.cofferdam");
    assertSnapshot("GET /api/me", "a fault", answer);
  }

  @Test
  void ofAnOutage() {
    TestBrowser browser = stage.browserOf(Role.OWNER);
    stage.auth().setDown(true);
    try {
      HttpResponse<String> answer = browser.get("/api/me");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertSnapshot("GET /api/me", "an outage", answer);
    } finally {
      stage.auth().setDown(false);
    }
  }
}
