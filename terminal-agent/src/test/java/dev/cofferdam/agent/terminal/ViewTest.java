// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.terminal.protocol.AgentFrame;
import dev.cofferdam.terminal.protocol.CloseCode;
import dev.cofferdam.terminal.protocol.Frame;
import dev.cofferdam.terminal.protocol.FrameCodec;
import dev.cofferdam.terminal.protocol.FrameSplitter;
import dev.cofferdam.terminal.protocol.Limits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ViewTest {
  private final Wire wire = new Wire();
  private final View view = new View(wire);
  private final Scrollback scrollback = new Scrollback(Limits.SCROLLBACK_BYTES);

  /** Takes as many bytes as it has room for. */
  private static final class Wire implements ViewWire {
    private final FrameSplitter splitter = new FrameSplitter();
    private final List<Frame> taken = new ArrayList<>();
    private int room = Integer.MAX_VALUE;
    private boolean wanted;
    private boolean closed;

    @Override
    public void write(ByteBuffer bytes) {
      int length = Math.min(room, bytes.remaining());
      room -= length;
      splitter.accept(bytes.slice(bytes.position(), length), f -> taken.add(FrameCodec.decode(f)));
      bytes.position(bytes.position() + length);
    }

    @Override
    public void wantWritable() {
      wanted = true;
    }

    @Override
    public void close() {
      closed = true;
    }

    long outputBytes() {
      return taken.stream()
          .filter(AgentFrame.Output.class::isInstance)
          .mapToLong(f -> ((AgentFrame.Output) f).bytes().length)
          .sum();
    }
  }

  private void produce(int length) {
    scrollback.append(ByteBuffer.allocate(length));
    view.pump(scrollback);
  }

  @Test
  void sendsUpToItsWindowAndGoesOnWithTheAcknowledgement() {
    for (int i = 0; i < 20; i++) {
      produce(64 * 1024);
    }
    assertThat(wire.outputBytes()).isEqualTo(Limits.WINDOW_BYTES);

    view.acknowledge(Limits.WINDOW_BYTES + 1);
    view.pump(scrollback);
    assertThat(wire.outputBytes()).as("what was never sent").isEqualTo(Limits.WINDOW_BYTES);

    view.acknowledge(100_000);
    view.acknowledge(50_000);
    view.pump(scrollback);
    assertThat(wire.outputBytes()).isEqualTo(Limits.WINDOW_BYTES + 100_000);
  }

  @Test
  void keepsFramesWholeHoweverLittleTheWireTakes() {
    Random random = new Random(11);
    wire.room = 0;
    produce(200_000);
    view.send(new AgentFrame.Pong(7));
    while (wire.outputBytes() < 200_000) {
      assertThat(wire.wanted).isTrue();
      wire.room = random.nextInt(5000);
      view.pump(scrollback);
    }
    assertThat(wire.taken).contains(new AgentFrame.Pong(7));
  }

  @Test
  void tellsTheExitBehindTheLastOutput() {
    wire.room = 100;
    produce(100_000);
    view.exited(7);
    view.pump(scrollback);
    assertThat(wire.closed).isFalse();

    wire.room = Integer.MAX_VALUE;
    view.pump(scrollback);
    assertThat(wire.outputBytes()).isEqualTo(100_000);
    assertThat(wire.taken).endsWith(new AgentFrame.Exited(7), closedWith(CloseCode.EXITED));
    assertThat(wire.closed).isTrue();
  }

  @Test
  void saysNothingMoreOnceItWasToldToClose() {
    wire.room = 100;
    produce(10_000);
    view.close(CloseCode.LOCKED);
    view.close(CloseCode.EXITED);
    view.exited(0);
    produce(10_000);
    wire.room = Integer.MAX_VALUE;
    view.pump(scrollback);

    assertThat(wire.taken.getLast()).isEqualTo(closedWith(CloseCode.LOCKED));
    assertThat(wire.taken).filteredOn(AgentFrame.Closed.class::isInstance).hasSize(1);
    assertThat(wire.outputBytes()).isEqualTo(10_000);
    assertThat(wire.closed).isTrue();
  }

  @Test
  void isDroppedWhenItLetsTooManyFramesWait() {
    wire.room = 0;
    view.send(new AgentFrame.Pong(0));
    view.pump(scrollback);
    for (int i = 0; i < 64 && !wire.closed; i++) {
      view.send(new AgentFrame.Pong(i));
    }
    view.send(new AgentFrame.Pong(99));
    assertThat(wire.closed).isTrue();
  }

  private static AgentFrame.Closed closedWith(CloseCode code) {
    return new AgentFrame.Closed(code.code(), code.reason());
  }
}
