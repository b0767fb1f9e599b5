// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.gateway.stage.PartStandIn.Call;
import dev.cofferdam.gateway.stage.PartStandIn.Reply;
import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.gateway.stage.TestBrowser;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The browser's side; what auth-service makes of it is tested there, at a real Keycloak. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProviderIT {
  private static final String THERE = "https://id.example.org/authorize?state=";
  private static final String STATE = "s".repeat(43);
  private static final String FRESH = "n".repeat(43);
  private static final String CALLBACK = "/api/sign-in/providers/corp/callback?";
  private static final String JOURNEY =
      "__Host-coffer-journey=[A-Za-z0-9_-]{43}; Max-Age=600; Path=/; Secure; HttpOnly;"
          + " SameSite=Lax";

  Stage stage;

  @BeforeAll
  void furnishAuth() {
    stage
        .auth()
        .on(
            "GET",
            "/internal/providers",
            call ->
                Reply.ok(
                    Map.of("providers", List.of(Map.of("id", "corp", "name", "Example Corp")))))
        .on("POST", "/internal/providers/corp/sign-ins", this::begin)
        .on("POST", "/internal/providers/away/sign-ins", c -> Reply.problem(503, "provider-away"))
        .on("POST", "/internal/providers/[a-z]+/sign-ins", c -> Reply.problem(404, "not-found"))
        .on("POST", "/internal/providers/corp/callbacks", this::finish)
        .on("POST", "/internal/providers/corp/logouts", this::logout);
  }

  private Reply begin(Call call) {
    return new Reply(201, Map.of("address", THERE + STATE));
  }

  private Reply finish(Call call) {
    return call.body().path("code").asText().equals("good")
        ? new Reply(201, Map.of("browserSession", Map.of("id", "1", "secret", FRESH)))
        : Reply.problem(403, "not-admitted");
  }

  private Reply logout(Call call) {
    return call.body().path("token").asText().equals("good.logout.token")
        ? new Reply(204, null)
        : Reply.problem(400, "logout-token");
  }

  @AfterEach
  void upAgain() {
    stage.auth().setDown(false);
  }

  private TestBrowser browser() {
    return new TestBrowser(stage.origin(), "somebody");
  }

  private static HttpResponse<String> navigate(HttpRequest.Builder request, String site) {
    return TestBrowser.send(
        request.setHeader("Sec-Fetch-Site", site).setHeader("Sec-Fetch-Mode", "navigate").GET());
  }

  private HttpResponse<String> comeBack(String query, String cookie) {
    return navigate(browser().request(CALLBACK + query).setHeader("Cookie", cookie), "cross-site");
  }

  private static String location(HttpResponse<?> answer) {
    assertThat(answer.statusCode()).isEqualTo(303);
    return answer.headers().firstValue("location").orElseThrow();
  }

  @Test
  void saysHowOneCanSignInToWhoIsSignedOut() {
    JsonNode methods = TestBrowser.json(browser().get("/api/sign-in/methods").body());
    assertThat(methods.toString())
        .isEqualTo(
            "{\"link\":true,\"sshKey\":true,\"passkey\":true,"
                + "\"providers\":[{\"id\":\"corp\",\"name\":\"Example Corp\"}]}");
  }

  @Test
  void goesThereAndComesBackSignedIn() {
    HttpResponse<String> begun =
        navigate(browser().request("/api/sign-in/providers/corp"), "same-origin");
    assertThat(location(begun)).isEqualTo(THERE + STATE);
    String journey = begun.headers().firstValue("set-cookie").orElseThrow();
    assertThat(journey).matches(JOURNEY);
    String cookie = journey.split(";", 2)[0];

    HttpResponse<String> back = comeBack("code=good&iss=x&session_state=y&state=" + STATE, cookie);
    assertThat(location(back)).isEqualTo(stage.origin() + "/");
    assertThat(back.headers().allValues("set-cookie"))
        .containsExactlyInAnyOrder(
            "__Host-coffer=" + FRESH + "; Max-Age=43200; Path=/; Secure; HttpOnly; SameSite=Strict",
            "__Host-coffer-journey=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax");
    JsonNode asked = stage.auth().callsTo("/internal/providers/corp/callbacks").getLast().body();
    assertThat(asked.path("browser").asText()).isEqualTo(cookie.split("=", 2)[1]);
    assertThat(asked.path("issuer").asText()).isEqualTo("x");
    assertThat(asked.has("session_state")).isFalse();
    assertThat(back.headers().firstValue("referrer-policy")).contains("no-referrer");
    assertThat(back.headers().firstValue("cache-control")).contains("no-store");
  }

  @Test
  void twoTabsShareOneJourney() {
    HttpResponse<String> first =
        navigate(browser().request("/api/sign-in/providers/corp"), "same-origin");
    String cookie = first.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
    HttpResponse<String> second =
        navigate(
            browser().request("/api/sign-in/providers/corp").setHeader("Cookie", cookie),
            "same-origin");
    assertThat(second.headers().firstValue("set-cookie").orElseThrow()).startsWith(cookie + ";");
  }

  @Test
  void endsNothingOfWhoIsSignedIn() {
    TestBrowser known = stage.newBrowser();
    HttpResponse<String> answer =
        navigate(known.request("/api/sign-in/providers/corp"), "same-origin");
    assertThat(location(answer)).isEqualTo(stage.origin() + "/");
    assertThat(known.get("/api/me").statusCode()).isEqualTo(200);
  }

  @Test
  void aRefusalEndsOnAPage() {
    String journey = "__Host-coffer-journey=" + "j".repeat(43);
    HttpResponse<String> refused = comeBack("code=bad&state=" + STATE, journey);
    assertThat(location(refused)).isEqualTo(stage.origin() + "/sign-in?problem=not-admitted");
    assertThat(refused.headers().allValues("set-cookie"))
        .noneMatch(cookie -> cookie.startsWith("__Host-coffer="));
    assertThat(location(navigate(browser().request("/api/sign-in/providers/away"), "same-origin")))
        .endsWith("/sign-in?problem=provider-away");
    assertThat(
            location(navigate(browser().request("/api/sign-in/providers/nobody"), "same-origin")))
        .endsWith("/sign-in?problem=provider-unknown");
    assertThat(location(navigate(browser().request("/api/sign-in/providers/A..B"), "same-origin")))
        .endsWith("/sign-in?problem=provider-unknown");
    stage.auth().setDown(true);
    assertThat(location(comeBack("code=good&state=" + STATE, journey)))
        .endsWith("/sign-in?problem=unavailable");
  }

  @Test
  void anAnswerWithoutCookieOrStateOrWithTwoCodesIsNone() {
    String journey = "__Host-coffer-journey=" + "j".repeat(43);
    int before = stage.auth().callsTo("/internal/providers/corp/callbacks").size();
    String over = "/sign-in?problem=sign-in-expired";
    assertThat(location(comeBack("code=good&state=" + STATE, "x=y"))).endsWith(over);
    assertThat(location(comeBack("code=good&state=short", journey))).endsWith(over);
    assertThat(location(comeBack("code=good", journey))).endsWith(over);
    assertThat(location(comeBack("code=good&code=good&state=" + STATE, journey))).endsWith(over);
    assertThat(
            location(
                comeBack(
                    "code=good&state=" + STATE, journey + "; " + journey.replace("jjj", "kkk"))))
        .endsWith(over);
    assertThat(stage.auth().callsTo("/internal/providers/corp/callbacks")).hasSize(before);
  }

  @Test
  void anotherSiteCanNeitherBeginNorFetch() {
    assertThat(
            navigate(browser().request("/api/sign-in/providers/corp"), "cross-site").statusCode())
        .isEqualTo(403);
    HttpRequest.Builder image =
        browser()
            .request(CALLBACK + "code=good&state=" + STATE)
            .setHeader("Sec-Fetch-Site", "cross-site")
            .setHeader("Sec-Fetch-Mode", "no-cors");
    assertThat(TestBrowser.send(image.GET()).statusCode()).isEqualTo(403);
  }

  @Test
  void aProvidersServerMaySayWhoSignedOut() {
    assertThat(logout("good.logout.token").statusCode()).isEqualTo(200);
    HttpResponse<String> wrong = logout("bad");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(TestBrowser.slug(wrong)).isEqualTo("logout-token");
    assertThat(wrong.headers().firstValue("cache-control")).contains("no-store");
    assertThat(logout("").statusCode()).isEqualTo(400);
  }

  private HttpResponse<String> logout(String token) {
    return TestBrowser.send(
        browser()
            .request("/api/sign-in/providers/corp/backchannel-logout")
            .setHeader("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("logout_token=" + token)));
  }
}
