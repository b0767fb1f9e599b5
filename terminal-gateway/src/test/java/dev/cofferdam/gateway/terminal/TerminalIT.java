// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.gateway.stage.AgentStandIn;
import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.gateway.stage.TestBrowser;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.sandbox.protocol.ExitReason;
import dev.cofferdam.terminal.protocol.AgentFrame;
import dev.cofferdam.terminal.protocol.ClientFrame;
import dev.cofferdam.terminal.protocol.ControlFrame;
import dev.cofferdam.testkit.Eventually;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Stage.class)
class TerminalIT {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  Stage stage;
  @Inject Vertx vertx;
  @Inject OpenViews views;

  private final List<TestView> opened = new ArrayList<>();
  private TestBrowser owner;
  private String session;
  private AgentStandIn agent;

  @BeforeEach
  void open() {
    owner = stage.newBrowser();
    String workspace = stage.workspaceOf(owner.user());
    session = owner.open(workspace);
    agent = stage.host().agentOf(WorkspaceId.parse(workspace));
  }

  @AfterEach
  void close() {
    opened.forEach(TestView::close);
    stage.browserSessionsLast(Duration.ofHours(12));
  }

  private TestView view() {
    TestView view = TestView.open(vertx, owner, owner.ticket(session, 1));
    opened.add(view);
    return view;
  }

  private TestView attached() {
    int before = agent.views().size();
    TestView view = view().attach();
    Eventually.within(SOON)
        .until(
            "attached",
            () -> view.frames().stream().anyMatch(AgentFrame.Attached.class::isInstance));
    assertThat(agent.views()).hasSize(before + 1);
    return view;
  }

  private AgentStandIn.Line agentSide() {
    return agent.views().getLast();
  }

  private void assertClosed(TestView view, int code) {
    Eventually.within(SOON).until("closed", view::isClosed);
    assertThat(view.closeCode()).isEqualTo(code);
  }

  @Test
  void hearsFromTheSandboxThatItLocksSoon() {
    TestView view = attached();
    saysUntil("WARNED", new AgentFrame.Status(60, 60));
    saysUntil("ACTIVE", new AgentFrame.Status(600, 60));
    Eventually.within(SOON)
        .until(
            "passed on",
            () -> view.frames().stream().filter(AgentFrame.Status.class::isInstance).count() >= 2);
  }

  /** As an agent does: again and again, because a word that could not be passed on waits for it. */
  private void saysUntil(String state, AgentFrame.Status status) {
    Eventually.within(SOON)
        .passes(
            () -> {
              agentSide().send(status);
              assertThat(stage.stateOf(session)).isEqualTo(state);
            });
  }

  private void assertEchoes(TestView view) {
    String marker = UUID.randomUUID().toString();
    view.send(new ClientFrame.Input(marker.getBytes(UTF_8)));
    Eventually.within(SOON)
        .until("an echo", () -> new String(view.output(), UTF_8).contains(marker));
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', 101",
    "HTTP/1.1, HTTP/1.0, 426",
    "Version: 13, Version: 8, 426",
    "dGhlIHNhbXBsZSBub25jZQ==, short, 426",
    "'Upgrade: websocket', 'Upgrade: h2c', 426",
    "'Upgrade: websocket', 'Upgrade: websocket\\r\\nContent-Length: 5', 426",
    "' HTTP/1.1', '&ticket=other HTTP/1.1', 403",
    "'GET ', 'POST ', 403"
  })
  void upgradesOnlyWhatIsExactlyAWebSocketOfOurs(String part, String instead, int status)
      throws IOException {
    String request =
        "GET /api/terminal?ticket="
            + owner.ticket(session, 1)
            + " HTTP/1.1\r\nHost: localhost:"
            + stage.port()
            + "\r\nOrigin: "
            + stage.origin()
            + "\r\nCookie: "
            + owner.cookie()
            + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + "Sec-WebSocket-Protocol: coffer.terminal.v1\r\n\r\n";
    try (Socket socket = new Socket("127.0.0.1", stage.port())) {
      socket.setSoTimeout(5000);
      String twisted =
          part.isEmpty() ? request : request.replace(part, instead.replace("\\r\\n", "\r\n"));
      socket.getOutputStream().write(twisted.getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readNBytes(12), UTF_8);
      assertThat(answer).endsWith(" " + status);
    }
  }

  @Test
  void takesAPongThatNobodyAskedFor() {
    TestView view = attached();
    view.sendPong();
    assertEchoes(view);
  }

  @Test
  void listsMakesAndEndsTerminals() {
    String terminals = "/api/sessions/" + session + "/terminals";
    HttpResponse<String> made = owner.post(terminals, "{\"cols\":100,\"rows\":30}");
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(TestBrowser.json(made.body()).path("id").asInt()).isPositive();
    assertThat(agent.orders())
        .contains(new ControlFrame.CreateTerminal("terminal-ticket", 100, 30));
    assertThat(owner.post(terminals, "{}").statusCode()).isEqualTo(201);
    JsonNode listed = TestBrowser.json(owner.get(terminals).body());
    assertThat(listed.toString())
        .isEqualTo("[{\"id\":1,\"title\":\"sh\",\"cols\":80,\"rows\":24,\"running\":true}]");
    assertThat(owner.delete(terminals + "/1", "{}").statusCode()).isEqualTo(204);
    assertThat(owner.delete(terminals + "/101", "{}").statusCode()).isEqualTo(404);
    assertThat(owner.delete(terminals + "/x", "{}").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"cols\":0,\"rows\":24}",
        "{\"cols\":1001,\"rows\":24}",
        "{\"cols\":80,\"rows\":501}",
        "{\"cols\":80,\"rows\":-1}",
        "{\"cols\":\"80\",\"rows\":24}",
        "{\"cols\":80.5,\"rows\":24}"
      })
  void refusesSizesThatNoTerminalHas(String size) {
    HttpResponse<String> answer = owner.post("/api/sessions/" + session + "/terminals", size);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(TestBrowser.slug(answer)).isEqualTo("invalid-field");
  }

  @Test
  void answersForeignSessionsLikeUnknownOnes() {
    TestBrowser stranger = stage.newBrowser();
    for (String id : List.of(session, UUID.randomUUID().toString(), "x")) {
      String terminals = "/api/sessions/" + id + "/terminals";
      assertThat(stranger.get(terminals).statusCode()).isEqualTo(404);
      assertThat(stranger.post(terminals, "{}").statusCode()).isEqualTo(404);
      assertThat(stranger.post(terminals + "/1/tickets", "{}").statusCode()).isEqualTo(404);
      assertThat(stranger.delete(terminals + "/1", "{}").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void passesFramesThroughAsTheyAre() {
    TestView view = attached();
    assertThat(view.subProtocol()).isEqualTo("coffer.terminal.v1");
    assertThat(agent.orders()).contains(new ControlFrame.Enter("terminal-ticket", 1));
    List<ClientFrame> sent =
        List.of(
            new ClientFrame.Resize(1000, 500),
            new ClientFrame.Ack(1L << 40),
            new ClientFrame.Stay(),
            new ClientFrame.Ping(42));
    sent.forEach(view::send);
    Eventually.within(SOON).until("a pong", () -> view.frames().contains(new AgentFrame.Pong(42)));
    assertThat(agentSide().frames())
        .containsExactly(
            new ClientFrame.Attach(-1, 80, 24), sent.get(0), sent.get(1), sent.get(2), sent.get(3));
  }

  @Test
  void agreesToNoExtension() throws IOException {
    String ticket = owner.ticket(session, 1);
    try (Socket socket = new Socket("127.0.0.1", stage.port())) {
      socket.setSoTimeout(5000);
      String request =
          "GET /api/terminal?ticket="
              + ticket
              + " HTTP/1.1\r\nHost: localhost:"
              + stage.port()
              + "\r\nOrigin: "
              + owner.origin()
              + "\r\nCookie: "
              + owner.cookie()
              + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
              + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
              + "Sec-WebSocket-Protocol: coffer.terminal.v1\r\n"
              + "Sec-WebSocket-Extensions: permessage-deflate, x-webkit-deflate-frame\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      byte[] head = new byte[2000];
      String answer = new String(head, 0, socket.getInputStream().read(head), UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 101 ");
      assertThat(answer.toLowerCase(java.util.Locale.ROOT))
          .contains("sec-websocket-protocol: coffer.terminal.v1")
          .doesNotContain("sec-websocket-extensions");
    }
  }

  @Test
  void bringsEveryByteInOrder() throws IOException {
    TestView view = attached();
    byte[] bytes = new byte[20_000_000];
    new Random(3).nextBytes(bytes);
    AgentStandIn.Line side = agentSide();
    Random sizes = new Random(4);
    for (int at = 0; at < bytes.length; ) {
      int length = Math.min(bytes.length - at, 1 + sizes.nextInt(65_536));
      side.output(java.util.Arrays.copyOfRange(bytes, at, at + length));
      at += length;
    }
    Eventually.within(Duration.ofSeconds(30))
        .until("all output", () -> view.output().length == bytes.length);
    assertThat(view.output()).isEqualTo(bytes);
  }

  @Test
  void takesTheLargestInput() {
    TestView view = attached();
    byte[] bytes = new byte[64 * 1024];
    new Random(5).nextBytes(bytes);
    view.send(new ClientFrame.Input(bytes));
    Eventually.within(SOON).until("an echo", () -> view.output().length == bytes.length);
    assertThat(view.output()).isEqualTo(bytes);
  }

  @Test
  void aBrowserThatTakesNothingStopsItsAgentAndNobodyElse() throws Exception {
    TestView slow = attached();
    AgentStandIn.Line slowSide = agentSide();
    TestView quick = attached();
    slow.pause();
    AtomicLong sent = new AtomicLong();
    Thread flood =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    while (true) {
                      slowSide.output(new byte[60_000]);
                      sent.addAndGet(60_000);
                    }
                  } catch (IOException e) {
                    return;
                  }
                });
    awaitStill(sent);
    long stuckAt = sent.get();
    assertThat(stuckAt).as("what kernel and queues hold").isLessThan(32_000_000);
    assertEchoes(quick);
    slow.resume();
    Eventually.within(SOON).until("it flows again", () -> sent.get() > stuckAt + 10_000_000);
    slow.close();
    flood.join(5000);
  }

  /** Until nothing was sent for a third of a second. */
  private static void awaitStill(AtomicLong sent) {
    long[] last = {-1, System.nanoTime()};
    Eventually.within(SOON)
        .until(
            "it stands still",
            () -> {
              if (sent.get() != last[0]) {
                last[0] = sent.get();
                last[1] = System.nanoTime();
              }
              return last[0] > 0 && System.nanoTime() - last[1] > 300_000_000;
            });
  }

  @Test
  void aBrowserThatTakesNothingForTooLongLosesItsSocket() throws Exception {
    TestView slow = attached();
    AgentStandIn.Line side = agentSide();
    slow.pause();
    Thread flood =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    while (true) {
                      side.output(new byte[60_000]);
                    }
                  } catch (IOException e) {
                    return;
                  }
                });
    flood.join(10_000);
    assertThat(flood.isAlive()).isFalse();
    Eventually.within(SOON).until("the agent's side ends", side::isEnded);
  }

  @Test
  void anAgentThatTakesNothingStopsItsBrowser() {
    TestView view = attached();
    AgentStandIn.Line side = agentSide();
    side.stopEchoing();
    side.stopReading();
    AtomicLong written = new AtomicLong();
    Buffer input = Buffer.buffer().appendByte((byte) 1).appendBytes(new byte[64 * 1024]);
    Thread typing =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  while (!view.isClosed() && written.get() < 100_000_000) {
                    view.sendRaw(input).toCompletionStage().toCompletableFuture().join();
                    written.addAndGet(input.length());
                  }
                });
    awaitStill(written);
    assertThat(written.get()).isLessThan(32_000_000);
    side.resumeReading();
    Eventually.within(Duration.ofSeconds(30))
        .until("all input", () -> written.get() >= 100_000_000);
    assertThat(typing).isNotNull();
  }

  @Test
  void closesOnWhatIsNoFrameAndHurtsNobodyElse() {
    TestView neighbour = attached();
    for (int type : new int[] {0x00, 0x07, 0x41, 0x43, 0x45, 0x81, 0x88, 0xC1, 0xFF}) {
      TestView bad = attached();
      bad.sendRaw(Buffer.buffer().appendByte((byte) type).appendBytes(new byte[12]));
      assertClosed(bad, 1003);
    }
    TestView empty = attached();
    empty.sendRaw(Buffer.buffer());
    assertClosed(empty, 1003);
    TestView text = attached();
    text.sendText("text");
    assertClosed(text, 1003);
    assertEchoes(neighbour);
    assertThat(agentSide().frames()).allMatch(frame -> frame instanceof ClientFrame.Attach);
  }

  @Test
  void wantsAttachFirstAndOnce() {
    TestView early = view();
    early.send(new ClientFrame.Input(new byte[] {1}));
    assertClosed(early, 1003);
    TestView twice = attached();
    twice.attach();
    assertClosed(twice, 1003);
  }

  @ParameterizedTest
  @ValueSource(ints = {64 * 1024 + 2, 100_000, 200_000, 3_000_000})
  void closesOnWhatIsTooBigAndHurtsNobodyElse(int length) {
    TestView neighbour = attached();
    TestView big = attached();
    big.sendRaw(Buffer.buffer().appendByte((byte) 1).appendBytes(new byte[length - 1]));
    assertClosed(big, 1009);
    assertEchoes(neighbour);
  }

  @Test
  void closesOnAMessageThatIsTooBigInPieces() {
    TestView neighbour = attached();
    TestView big = attached();
    big.sendInPieces(60_000, 10);
    assertClosed(big, 1009);
    assertEchoes(neighbour);
  }

  @Test
  void closesWithTheAgentsCodeAndReason() throws IOException {
    TestView view = attached();
    agentSide().send(new AgentFrame.Closed(4409, "eight views are attached already"));
    assertClosed(view, 4409);
    assertThat(view.frames())
        .contains(new AgentFrame.Closed(4409, "eight views are attached already"));
    TestView unknown = TestView.open(vertx, owner, owner.ticket(session, 101)).attach();
    assertClosed(unknown, 4404);
  }

  @Test
  void closesWhenTheBoxIsGone() {
    TestView view = attached();
    String sandbox =
        TestBrowser.json(owner.get("/api/sessions").body()).path(0).path("sandboxId").asText();
    stage.host().exit(dev.cofferdam.identity.SandboxId.parse(sandbox), ExitReason.KILLED);
    assertClosed(view, 4503);
  }

  @Test
  void closesOnAnAgentThatDoesNotSpeakTheProtocol() throws IOException {
    TestView view = attached();
    agentSide().sendRaw(ByteBuffer.wrap(new byte[] {0x7f, 0, 0, 0, 1}));
    assertClosed(view, 4503);
  }

  @Test
  void hangsUpOnTheAgentWhenTheBrowserGoes() {
    TestView view = attached();
    AgentStandIn.Line side = agentSide();
    view.close();
    Eventually.within(SOON).until("the agent's side ends", side::isEnded);
  }

  @Test
  void closesAtSignOutWithinASecond() {
    TestView view = attached();
    TestBrowser other = stage.browserOf(owner.user());
    TestView others = TestView.open(vertx, other, other.ticket(session, 1)).attach();
    opened.add(others);
    other.post("/api/sign-out", "{}");
    Eventually.within(AT_ONCE).until("closed", others::isClosed);
    assertThat(others.closeCode()).isEqualTo(1008);
    assertEchoes(view);
  }

  @Test
  void closesAtLockWithinASecond() {
    TestView view = attached();
    owner.post("/api/sessions/" + session + "/lock", "{}");
    Eventually.within(AT_ONCE).until("closed", view::isClosed);
    assertThat(view.closeCode()).isIn(1008, 4423);
  }

  @Test
  void closesWhenTheBrowserSessionExpires() {
    stage.browserSessionsLast(Duration.ofSeconds(3));
    TestBrowser brief = stage.browserOf(owner.user());
    Instant end = Instant.now().plusSeconds(3);
    TestView view = TestView.open(vertx, brief, brief.ticket(session, 1)).attach();
    opened.add(view);
    Eventually.within(Duration.ofSeconds(6)).until("closed", view::isClosed);
    assertThat(view.closeCode()).isEqualTo(1008);
    assertThat(Instant.now()).isBetween(end.minusMillis(500), end.plusSeconds(2));
  }

  @Test
  void letsAPersonHaveSoManySocketsAndNoMore() {
    for (int i = 0; i < 20; i++) {
      view();
    }
    TestView.Refusal refusal =
        TestView.refusal(vertx, owner, owner.ticket(session, 1), options -> options);
    assertThat(refusal.status()).isEqualTo(429);
    opened.getFirst().close();
    Eventually.within(SOON)
        .until(
            "a place",
            () ->
                TestView.refusal(vertx, owner, owner.ticket(session, 1), options -> options)
                        .status()
                    == 101);
  }

  @Test
  void opensNoSocketForAnotherSite() {
    for (String origin :
        List.of("http://evil.example", "null", owner.origin() + "0", "https://localhost")) {
      TestView.Refusal refusal =
          TestView.refusal(
              vertx,
              owner,
              owner.ticket(session, 1),
              options -> options.putHeader("Origin", origin));
      assertThat(refusal.status()).as(origin).isEqualTo(403);
      assertThat(refusal.body()).contains("/other-site\"");
    }
    TestView.Refusal without =
        TestView.refusal(
            vertx, owner, owner.ticket(session, 1), options -> options.setAllowOriginHeader(false));
    assertThat(without.status()).isEqualTo(403);
  }

  @Test
  void opensNoSocketWithoutTheBrowserThatAskedForTheTicket() {
    TestBrowser other = stage.browserOf(owner.user());
    String ticket = owner.ticket(session, 1);
    assertThat(TestView.refusal(vertx, other, ticket, o -> o).status()).isEqualTo(403);
    assertThat(TestView.refusal(vertx, owner, ticket, o -> o).status())
        .as("spent by the attempt")
        .isEqualTo(403);
    TestView.Refusal anonymous =
        TestView.refusal(
            vertx,
            owner,
            owner.ticket(session, 1),
            options -> {
              options.getHeaders().remove("Cookie");
              return options;
            });
    assertThat(anonymous.status()).isEqualTo(401);
  }

  @Test
  void takesATicketOnce() {
    String ticket = owner.ticket(session, 1);
    assertThat(ticket).matches("[A-Za-z0-9_-]+");
    assertThat(TestView.refusal(vertx, owner, ticket, o -> o).status()).isEqualTo(101);
    assertThat(TestView.refusal(vertx, owner, ticket, o -> o).status()).isEqualTo(403);
    assertThat(TestView.refusal(vertx, owner, "x".repeat(43), o -> o).status()).isEqualTo(403);
    assertThat(TestView.refusal(vertx, owner, "", o -> o).status()).isEqualTo(403);
  }

  @Test
  void takesNoTicketOfBeforeASignOut() {
    String ticket = owner.ticket(session, 1);
    owner.post("/api/sign-out", "{}");
    assertThat(TestView.refusal(vertx, owner, ticket, o -> o).status()).isEqualTo(403);
  }

  @Test
  void speaksItsOwnSubProtocolOnly() {
    TestView.Refusal refusal =
        TestView.refusal(
            vertx,
            owner,
            owner.ticket(session, 1),
            options -> options.setSubProtocols(List.of("coffer.terminal.v9")));
    assertThat(refusal.status()).isEqualTo(426);
    assertThat(owner.get("/api/terminal?ticket=x").statusCode()).isEqualTo(426);
  }

  @Test
  void keepsNothingOfSocketsThatAreClosed() {
    int before = views.size();
    TestView view = attached();
    assertThat(views.size()).isEqualTo(before + 1);
    view.close();
    Eventually.within(SOON).until("forgotten", () -> views.size() <= before);
  }
}
