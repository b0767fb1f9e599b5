// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.gateway.stage.AgentStandIn;
import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.gateway.stage.TestBrowser;
import dev.cofferdam.sandbox.protocol.ExitReason;
import dev.cofferdam.terminal.protocol.AgentFrame;
import dev.cofferdam.terminal.protocol.ClientFrame;
import dev.cofferdam.testkit.Eventually;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ends a socket, and with which code. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
class TerminalCloseIT extends OpenTerminal {
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  private void assertClosed(TestView view, int code) {
    Eventually.within(SOON).until("closed", view::isClosed);
    assertThat(view.closeCode()).isEqualTo(code);
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
  }

  /** Whatever else the gateway was about to write to it. */
  @RepeatedTest(20)
  void closesWithWhatAnAgentSaidAndHungUp() {
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
    assertThat(view.closeCode()).isEqualTo(4423);
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
    assertThat(Instant.now()).isBetween(end.minusMillis(500), end.plusSeconds(1));
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
