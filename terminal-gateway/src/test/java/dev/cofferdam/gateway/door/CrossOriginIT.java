// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.gateway.stage.TestBrowser;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A page of an origin that was named uses the API with a key, and gets nothing by a cookie. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
@TestProfile(CrossOriginIT.Named.class)
class CrossOriginIT {
  private static final String TOOLS = "https://tools.example";
  private static final String ALLOWED = "access-control-allow-origin";

  /** Two origins. */
  public static final class Named implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("coffer.cors.origins", TOOLS + ",https://other.example:8443");
    }
  }

  Stage stage;
  String user;
  String key;

  @BeforeEach
  void makeKey() {
    user = UUID.randomUUID().toString();
    key = stage.apiKeyOf(user);
  }

  private HttpRequest.Builder from(String origin, String path) {
    return HttpRequest.newBuilder(URI.create(stage.origin() + path))
        .header("Origin", origin)
        .header("Sec-Fetch-Site", "cross-site")
        .header("Sec-Fetch-Mode", "cors");
  }

  private HttpRequest.Builder withKey(String origin, String path) {
    return from(origin, path).header("Authorization", "Bearer " + key);
  }

  private HttpResponse<String> preflight(String origin, String path, String... headers) {
    HttpRequest.Builder request = from(origin, path).method("OPTIONS", BodyPublishers.noBody());
    for (int at = 0; at < headers.length; at += 2) {
      request.header("Access-Control-Request-" + headers[at], headers[at + 1]);
    }
    return TestBrowser.send(request);
  }

  private static void assertGrantsNothing(HttpResponse<String> answer) {
    assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("access-"));
  }

  private static void assertReadableBy(String origin, HttpResponse<String> answer) {
    assertThat(answer.headers().allValues(ALLOWED)).containsExactly(origin);
    assertThat(answer.headers().allValues("vary")).contains("Origin");
    assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-credentials");
  }

  @Test
  void aPageThatWasNamedReadsAndChangesWithAKey() {
    String workspace = stage.workspaceOf(user);
    HttpResponse<String> read = TestBrowser.send(withKey(TOOLS, "/api/workspaces"));
    assertThat(read.statusCode()).isEqualTo(200);
    assertThat(read.body()).contains(workspace);
    assertReadableBy(TOOLS, read);
    HttpRequest.Builder made =
        withKey("https://other.example:8443", "/api/workspaces")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"name\":\"from a page\"}"));
    HttpResponse<String> created = TestBrowser.send(made);
    assertThat(created.statusCode()).isEqualTo(201);
    assertReadableBy("https://other.example:8443", created);
  }

  @Test
  void itReadsWhyItIsRefused() {
    HttpResponse<String> answer =
        TestBrowser.send(from(TOOLS, "/api/me").header("Authorization", "Bearer coffer_x"));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertReadableBy(TOOLS, answer);
    HttpResponse<String> form =
        TestBrowser.send(
            withKey(TOOLS, "/api/workspaces")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}")));
    assertThat(form.statusCode()).isEqualTo(415);
    assertReadableBy(TOOLS, form);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "https://evil.example",
        "https://a.tools.example",
        "https://tools.example:8443",
        "https://tools.example.evil.example",
        "https://eviltools.example",
        "http://tools.example"
      })
  void noOtherPageGetsAnythingEvenWithAKey(String origin) {
    HttpResponse<String> read = TestBrowser.send(withKey(origin, "/api/me"));
    assertThat(read.statusCode()).isEqualTo(403);
    assertThat(TestBrowser.slug(read)).isEqualTo("other-site");
    assertGrantsNothing(read);
    HttpResponse<String> asked =
        preflight(origin, "/api/me", "Method", "GET", "Headers", "authorization");
    assertThat(asked.statusCode()).isEqualTo(405);
    assertGrantsNothing(asked);
    assertThat(asked.headers().allValues("vary")).contains("Origin");
  }

  @Test
  void aCookieGetsNothingFromThere() {
    TestBrowser browser = stage.browserOf(user);
    for (HttpRequest.Builder request :
        List.of(
            from(TOOLS, "/api/me").header("Cookie", browser.cookie()),
            withKey(TOOLS, "/api/me").header("Cookie", browser.cookie()),
            from(TOOLS, "/api/me"),
            from(TOOLS, "/api/workspaces")
                .header("Cookie", browser.cookie())
                .header("X-Coffer", "1")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"x\"}")))) {
      HttpResponse<String> answer = TestBrowser.send(request);
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(TestBrowser.slug(answer)).isEqualTo("other-site");
    }
    assertThat(browser.get("/api/me").statusCode()).isEqualTo(200);
    assertThat(browser.get("/api/me").headers().allValues("vary")).containsExactly("Origin");
  }

  @Test
  void aPreflightAllowsKeyAndJson() {
    HttpResponse<String> answer =
        preflight(
            TOOLS, "/api/workspaces", "Method", "POST", "Headers", "Authorization,content-type");
    assertThat(answer.statusCode()).isEqualTo(204);
    assertReadableBy(TOOLS, answer);
    assertThat(answer.headers().allValues("access-control-allow-methods")).containsExactly("POST");
    assertThat(answer.headers().allValues("access-control-allow-headers"))
        .containsExactly("authorization, content-type");
    assertThat(answer.headers().allValues("access-control-max-age")).containsExactly("600");
    assertThat(answer.headers().allValues("vary"))
        .containsExactly(
            "Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers");
  }

  @ParameterizedTest
  @CsvSource({
    "TRACE,authorization",
    "CONNECT,authorization",
    "post,authorization",
    "PROPFIND,authorization",
    "'POST, GET',authorization",
    "'*',authorization",
    "POST,content-type",
    "POST,''",
    "POST,'authorization,x-coffer'",
    "POST,'authorization,cookie'",
    "POST,'authorization,x-forwarded-for'",
    "POST,'authorization,*'",
    "POST,'authorization,'",
  })
  void itAllowsNoOtherMethodAndNoOtherHeader(String method, String headers) {
    HttpResponse<String> answer =
        preflight(TOOLS, "/api/workspaces", "Method", method, "Headers", headers);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-methods");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api/sign-in",
        "/api/sign-in/",
        "/api/sign-out",
        "/api/sign-out/",
        "/api/terminal",
        "/api/terminal//",
        "/q/health"
      })
  void itAllowsNothingThatIsOfOurPageAlone(String path) {
    HttpResponse<String> answer =
        preflight(TOOLS, path, "Method", "POST", "Headers", "authorization,content-type");
    assertThat(answer.statusCode()).isEqualTo(405);
    assertGrantsNothing(answer);
  }

  @Test
  void noSocketIsOpenedFromThere() {
    HttpRequest.Builder upgrade =
        withKey(TOOLS, "/api/terminal?ticket=x").header("Sec-WebSocket-Version", "13");
    HttpResponse<String> answer = TestBrowser.send(upgrade);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(TestBrowser.slug(answer)).isEqualTo("other-site");
    assertGrantsNothing(answer);
  }
}
