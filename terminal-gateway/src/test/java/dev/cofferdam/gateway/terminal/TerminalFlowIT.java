// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.gateway.stage.AgentStandIn;
import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.terminal.protocol.AgentFrame;
import dev.cofferdam.terminal.protocol.ClientFrame;
import dev.cofferdam.terminal.protocol.ControlFrame;
import dev.cofferdam.testkit.Eventually;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Bytes through a gateway: all of them, in order, and never more than the slower end takes. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
class TerminalFlowIT extends OpenTerminal {
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
}
