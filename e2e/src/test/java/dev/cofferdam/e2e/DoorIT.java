// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The door from outside: other sites, other names, and nobody. */
@ExtendWith(SharedCoffer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorIT extends DoorAttack {
  private Request creation() {
    return owner.post("/api/workspaces", "{\"name\":\"never\"}");
  }

  @Test
  void refusesWhatAnotherSiteCanSend() {
    assertRefused(creation().with("Origin", EVIL), 403);
    assertRefused(creation().with("Origin", "null"), 403);
    assertRefused(creation().with("Origin", owner.origin() + ".evil.example"), 403);
    assertRefused(creation().with("Origin", owner.origin().replace("http", "https")), 403);
    assertRefused(creation().with("Sec-Fetch-Site", "cross-site"), 403);
    assertRefused(creation().with("Sec-Fetch-Site", "same-site"), 403);
    assertRefused(creation().with("Sec-Fetch-Site", "none"), 403);
    assertRefused(creation().without("X-Coffer"), 403);
    assertRefused(creation().without("Sec-Fetch-Site").without("Origin"), 403);
    assertRefused(creation().with("Content-Type", "text/plain"), 415);
    assertRefused(creation().with("Content-Type", "application/x-www-form-urlencoded"), 415);
    assertRefused(creation().without("Content-Type"), 415);
  }

  @Test
  void answersToItsOwnNameOnly() {
    assertRefused(owner.get("/api/me").with("Host", "evil.example"), 421);
    assertRefused(owner.get("/api/me").with("Host", "localhost"), 421);
    assertRefused(owner.get("/api/me").with("Host", "127.0.0.1:" + port()), 421);
    Reply page =
        owner.send(owner.get("/w/x").with("Host", "127.0.0.1:" + port()).without("Cookie"));
    assertThat(page.status()).isEqualTo(307);
    assertThat(page.header("location")).contains(owner.origin() + "/w/x");
  }

  @Test
  void grantsNoOtherSiteAnything() {
    Request preflight =
        Request.of("OPTIONS", "/api/workspaces")
            .with("Host", "localhost:" + port())
            .with("Origin", EVIL)
            .with("Access-Control-Request-Method", "POST")
            .with("Access-Control-Request-Headers", "x-coffer,content-type");
    for (String origin : List.of(EVIL, "null", owner.origin())) {
      Reply reply = owner.send(preflight.with("Origin", origin));
      assertThat(reply.headers().keySet()).noneMatch(name -> name.startsWith("access-control"));
    }
    Reply read = owner.send(owner.get("/api/workspaces").with("Origin", EVIL));
    assertThat(read.status()).isEqualTo(403);
    assertThat(read.headers().keySet()).noneMatch(name -> name.startsWith("access-control"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/sign-in",
        "/w/abc",
        "/nowhere",
        "/assets/nowhere.js",
        "/api",
        "/api/me",
        "/api/nowhere",
        "/api/workspaces",
        "/api/sessions/x/terminals",
        "/api/terminal",
        "/q/health",
        "/health/ready",
        "/..%2f..%2fetc/passwd",
        "/assets/..%2findex.html"
      })
  void sendsTheSameHeadersWithEveryAnswer(String path) {
    for (ApiClient client : List.of(owner, stranger)) {
      Reply reply = client.send(client.get(path));
      assertThat(reply.status()).as(path).isNotIn(500, 502);
      assertHeaders(path, reply);
    }
  }

  private static void assertHeaders(String what, Reply reply) {
    String policy = reply.header("content-security-policy").orElse("");
    assertThat(policy).as(what).contains("default-src 'none'").contains("frame-ancestors 'none'");
    assertThat(policy).as(what).doesNotContain("unsafe-").doesNotContain("*");
    assertThat(reply.header("x-content-type-options")).as(what).contains("nosniff");
    assertThat(reply.header("referrer-policy")).as(what).contains("no-referrer");
    assertThat(reply.header("cross-origin-opener-policy")).as(what).contains("same-origin");
    assertThat(reply.header("cross-origin-resource-policy")).as(what).contains("same-origin");
    assertThat(reply.header("permissions-policy")).as(what).isPresent();
    assertThat(reply.header("cache-control")).as(what).isPresent();
    assertThat(reply.header("server")).as(what).isEmpty();
    assertThat(reply.text()).as(what).doesNotContain("Exception").doesNotContain("\tat ");
  }

  @Test
  void letsOnlyTheOwnerIn() {
    List<Request> asked =
        List.of(
            stranger.get("/api/me"),
            stranger.get("/api/workspaces"),
            stranger.get("/api/workspaces/" + workspace),
            stranger.get("/api/sessions"),
            stranger.get("/api/events"),
            stranger.get("/api/sessions/" + session + "/terminals"),
            stranger.post("/api/workspaces", "{\"name\":\"never\"}"),
            stranger.post("/api/workspaces/" + workspace + "/unlock", "{}"),
            stranger.post("/api/sessions/" + session + "/lock", "{}"),
            stranger.post("/api/sessions/" + session + "/terminals", "{}"));
    for (Request request : asked) {
      Reply reply = stranger.send(request);
      assertThat(reply.status()).as("%s\n%s", request, reply).isEqualTo(401);
      Reply forged = stranger.send(request.with("Cookie", "__Host-coffer=" + "A".repeat(43)));
      assertThat(forged.status()).as("%s\n%s", request, forged).isEqualTo(401);
    }
  }

  @Test
  void tellsNothingOfTheManagementPort() {
    for (String path : List.of("/q/health", "/health/ready", "/q/openapi", "/internal/tokens")) {
      assertThat(owner.send(owner.get(path)).status()).as(path).isEqualTo(404);
    }
  }

  @Test
  void keepsTheCookieToItselfAndChangesItAtEachSignIn(Coffer coffer) {
    String token = coffer.freshLink().split("#")[1];
    Request signIn = owner.post("/api/sign-in", "{\"token\":\"" + token + "\"}");
    Reply reply = owner.send(signIn.without("Cookie"));
    String cookie = reply.header("set-cookie").orElseThrow();
    assertThat(cookie)
        .startsWith("__Host-")
        .contains("; Secure")
        .contains("; HttpOnly")
        .contains("; SameSite=Strict")
        .contains("; Path=/")
        .doesNotContain("Domain");
    assertThat(cookie.split(";")[0]).isNotEqualTo(owner.cookie());
    assertThat(reply.text()).isEmpty();
    Reply again = owner.send(signIn.without("Cookie"));
    assertThat(again.status()).isEqualTo(410);
    assertThat(again.slug()).isEqualTo("link-spent");
  }

  @Test
  void givesNoTokenToThePage() {
    String all = owner.send(owner.get("/api/me")).toString() + owner.read("/api/workspaces");
    assertThat(all).doesNotContain("eyJ").doesNotContain("hvs.").doesNotContain("vault:v1:");
    byte[] page = owner.send(owner.get("/")).body();
    assertThat(new String(page, StandardCharsets.UTF_8)).doesNotContain("__CSP_NONCE__");
  }
}
