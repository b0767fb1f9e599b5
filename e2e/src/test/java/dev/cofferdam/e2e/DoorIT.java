// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.terminal.protocol.AgentFrame;
import dev.cofferdam.terminal.protocol.ClientFrame;
import dev.cofferdam.terminal.protocol.Limits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The one public port as other websites, other programs and careless clients meet it. */
@ExtendWith(SharedCoffer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorIT {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final String EVIL = "http://evil.example";

  private ApiClient owner;
  private ApiClient stranger;
  private String workspace;
  private String session;
  private int terminal;

  @BeforeAll
  void open(Coffer coffer) {
    owner = ApiClient.signedIn(coffer);
    stranger = ApiClient.stranger(coffer);
    workspace = owner.createWorkspace("door");
    session = owner.unlock(workspace);
    terminal = owner.createTerminal(session);
  }

  @AfterAll
  void lock() {
    owner.lock(session);
  }

  private Request creation() {
    return owner.post("/api/workspaces", "{\"name\":\"never\"}");
  }

  /** The session, or another one if it has locked itself meanwhile. */
  private String anOpenSession() {
    boolean open = owner.read("/api/sessions").toString().contains(session);
    if (!open) {
      session = owner.unlock(workspace);
      terminal = owner.createTerminal(session);
    }
    return session;
  }

  private void assertRefused(Request request, int status) {
    Reply reply = owner.send(request);
    assertThat(reply.status()).as("%s\n%s", request, reply).isEqualTo(status);
    assertThat(reply.isProblem()).as("%s\n%s", request, reply).isTrue();
    assertThat(owner.read("/api/workspaces").toString()).doesNotContain("never");
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

  private String port() {
    return owner.origin().substring(owner.origin().lastIndexOf(':') + 1);
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

  @Test
  void opensNoSocketForAnotherSite() {
    anOpenSession();
    assertNoSocket(request -> request.with("Origin", EVIL), 403);
    assertNoSocket(request -> request.with("Origin", "null"), 403);
    assertNoSocket(request -> request.without("Origin"), 403);
    assertNoSocket(request -> request.with("Origin", "http://127.0.0.1:" + port()), 403);
    assertNoSocket(request -> request.without("Cookie"), 401);
    assertNoSocket(request -> request.without("Sec-WebSocket-Protocol"), 426);
    assertNoSocket(request -> request.with("Host", "evil.example"), 421);
  }

  private void assertNoSocket(java.util.function.UnaryOperator<Request> attack, int status) {
    Request request = attack.apply(owner.upgrade(owner.ticket(session, terminal)));
    Reply reply = owner.send(request);
    assertThat(reply.status()).as("%s\n%s", request, reply).isEqualTo(status);
    assertThat(reply.isProblem()).isTrue();
  }

  @Test
  void takesATicketOnceAndFromItsBrowserOnly(Coffer coffer) {
    anOpenSession();
    String ticket = owner.ticket(session, terminal);
    assertThat(owner.send(owner.upgrade(ticket)).status()).isEqualTo(101);
    assertThat(owner.send(owner.upgrade(ticket)).status()).isEqualTo(403);
    assertThat(owner.send(owner.upgrade("x".repeat(43))).status()).isEqualTo(403);

    ApiClient other = ApiClient.signedIn(coffer);
    String mine = owner.ticket(session, terminal);
    assertThat(other.send(other.upgrade(mine)).status()).isEqualTo(403);
    assertThat(owner.send(owner.upgrade(mine)).status()).as("spent by the attempt").isEqualTo(403);
  }

  @Test
  void closesASocketThatSpeaksBadlyAndHurtsNoOther() {
    anOpenSession();
    try (Line good = Line.toNewTerminal(owner, session)) {
      assertClosed(line -> line.sendRaw(ByteBuffer.wrap(new byte[] {0x7f})), 1003);
      assertClosed(line -> line.sendRaw(ByteBuffer.wrap(new byte[] {0x43, 0, 0})), 1003);
      assertClosed(line -> line.sendRaw(ByteBuffer.wrap(new byte[] {2, 0, 0, 0, 0})), 1003);
      assertClosed(line -> line.sendText("text"), 1003);
      assertClosed(line -> line.sendRaw(ByteBuffer.allocate(100_000)), 1009);
      // Closed before all of it was read: TCP may reset the connection ahead of the code.
      assertClosed(line -> line.sendRaw(ByteBuffer.allocate(200_000)), 1009, 1006);
      good.enter("echo un''hurt");
      good.awaitText("unhurt");
    }
  }

  private void assertClosed(java.util.function.Consumer<Line> attack, Integer... codes) {
    try (Line line = Line.attach(owner, session, terminal, Limits.NO_OFFSET)) {
      Await.until("attached", SOON, () -> !line.frames().isEmpty());
      try {
        attack.accept(line);
      } catch (CompletionException e) {
        assertThat(e).as("closed before all was sent").hasCauseInstanceOf(IOException.class);
      }
      assertThat(line.awaitClosed(SOON)).isIn((Object[]) codes);
    }
  }

  @Test
  void attachesAgainWithWhatWasMissed() {
    anOpenSession();
    long next;
    try (Line line = Line.attach(owner, session, terminal, Limits.NO_OFFSET)) {
      line.enter("echo be''fore");
      line.awaitText("before");
      next = line.next();
    }
    try (Line again = Line.attach(owner, session, terminal, next)) {
      again.enter("echo af''ter");
      again.awaitText("after");
      assertThat(again.text()).doesNotContain("before");
      assertThat(again.frames()).noneMatch(AgentFrame.Reset.class::isInstance);
    }
    try (Line beyond = Line.attach(owner, session, terminal, next + 1_000_000_000)) {
      Await.until(
          "a reset",
          SOON,
          () -> beyond.frames().stream().anyMatch(AgentFrame.Reset.class::isInstance));
    }
  }

  @Test
  void admitsEightViewsOfATerminal() {
    anOpenSession();
    List<Line> views = new ArrayList<>();
    try {
      for (int i = 0; i < Limits.MOST_VIEWS; i++) {
        Line view = Line.attach(owner, session, terminal, Limits.NO_OFFSET);
        views.add(view);
        Await.until("attached", SOON, () -> !view.frames().isEmpty());
      }
      try (Line ninth = Line.attach(owner, session, terminal, Limits.NO_OFFSET)) {
        assertThat(ninth.awaitClosed(SOON)).isEqualTo(4409);
      }
      views.getFirst().send(new ClientFrame.Stay());
    } finally {
      views.forEach(Line::close);
    }
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
  void answersForForeignIdsAsForUnknownOnes() {
    for (String id : List.of(UUID.randomUUID().toString(), "x", "..", "%00", "a".repeat(300))) {
      assertRefused(owner.get("/api/workspaces/" + id), 404);
      assertRefused(owner.get("/api/sessions/" + id + "/terminals"), 404);
      assertRefused(owner.post("/api/sessions/" + id + "/lock", "{}"), 404);
      assertRefused(owner.post("/api/workspaces/" + id + "/unlock", "{}"), 404);
    }
  }

  static Stream<String> badNames() {
    return Stream.of(
        "",
        " ",
        "a/b",
        "..\\\\x",
        "tab\\there",
        "bell\\u0007",
        "right\\u202eto-left",
        "zero\\u200bwidth",
        "a".repeat(65),
        "<script>",
        "quote\\\"",
        "nul\\u0000");
  }

  @ParameterizedTest
  @MethodSource("badNames")
  void refusesANameAndSaysWhichRuleItBreaks(String name) {
    Reply reply = owner.send(owner.post("/api/workspaces", "{\"name\":\"" + name + "\"}"));
    assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
    assertThat(reply.isProblem()).isTrue();
    assertThat(reply.json().path("errors").path(0).path("field").asText()).isEqualTo("name");
    assertThat(reply.json().path("errors").path(0).path("rule").asText()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"never\",\"id\":\"00000000-0000-0000-0000-000000000000\"}",
        "{\"name\":\"never\",\"owner\":\"me\"}",
        "{\"name\":7}",
        "{\"name\":null}",
        "{\"name\":[\"never\"]}",
        "{}",
        "[]",
        "null",
        "\"never\"",
        "{\"name\":\"never\"",
        "{\"name\":\"never\"}{\"name\":\"never\"}",
        "{\"name\":\"never\",\"name\":\"never\"}"
      })
  void refusesABodyThatIsNotWhatItAsksFor(String body) {
    assertRefused(owner.post("/api/workspaces", body), 400);
  }

  @Test
  void refusesUnknownFieldsEverywhere() {
    anOpenSession();
    String extra = "{\"extra\":1}";
    assertRefused(owner.post("/api/workspaces/" + workspace + "/warm", extra), 400);
    assertRefused(owner.post("/api/sessions/" + session + "/terminals", extra), 400);
    assertRefused(
        owner.post("/api/sessions/" + session + "/terminals", "{\"cols\":0,\"rows\":24}"), 400);
    assertRefused(
        owner.post("/api/sessions/" + session + "/terminals", "{\"cols\":80,\"rows\":501}"), 400);
    assertRefused(owner.post("/api/sessions/" + session + "/lock", extra), 400);
  }

  @Test
  void refusesWhatIsTooLargeOrNoMethod() {
    String large = "{\"name\":\"" + "n".repeat(80_000) + "\"}";
    assertRefused(owner.post("/api/workspaces", large), 413);
    for (String method : List.of("TRACE", "CONNECT", "PROPFIND")) {
      Reply reply = owner.send(Request.of(method, "/api/me").with("Host", "localhost:" + port()));
      assertThat(reply.status()).as(method).isBetween(400, 499);
      assertThat(reply.text()).as(method).doesNotContain("__Host-");
    }
    assertRefused(owner.changing("PUT", "/api/workspaces", "{\"name\":\"never\"}"), 405);
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
  void endsSocketsAtSignOut(Coffer coffer) {
    anOpenSession();
    ApiClient other = ApiClient.signedIn(coffer);
    try (Line line = Line.attach(other, session, terminal, Limits.NO_OFFSET)) {
      Await.until("attached", SOON, () -> !line.frames().isEmpty());
      assertThat(other.send(other.post("/api/sign-out", "{}")).status()).isEqualTo(204);
      assertThat(line.awaitClosed(Duration.ofSeconds(1))).isEqualTo(1008);
    }
    assertThat(other.send(other.get("/api/me")).status()).isEqualTo(401);
  }

  @Test
  void givesNoTokenToThePage() {
    String all = owner.send(owner.get("/api/me")).toString() + owner.read("/api/workspaces");
    assertThat(all).doesNotContain("eyJ").doesNotContain("hvs.").doesNotContain("vault:v1:");
    byte[] page = owner.send(owner.get("/")).body();
    assertThat(new String(page, StandardCharsets.UTF_8)).doesNotContain("__CSP_NONCE__");
  }
}
