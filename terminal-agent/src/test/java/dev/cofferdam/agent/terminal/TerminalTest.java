// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.terminal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.terminal.protocol.AgentFrame;
import dev.cofferdam.terminal.protocol.CloseCode;
import dev.cofferdam.terminal.protocol.Frame;
import dev.cofferdam.terminal.protocol.FrameCodec;
import dev.cofferdam.terminal.protocol.FrameSplitter;
import dev.cofferdam.terminal.protocol.Limits;
import dev.cofferdam.testkit.Eventually;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** On a PTY of this machine; terminals of real boxes are met in sandbox-host's tests. */
class TerminalTest {
  private static final Eventually SOON = Eventually.within(Duration.ofSeconds(10));

  /** Takes every frame and remembers it. */
  private static final class Wire implements ViewWire {
    private final FrameSplitter splitter = new FrameSplitter();
    private final List<Frame> taken = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    @Override
    public void write(ByteBuffer bytes) {
      splitter.accept(bytes, frame -> taken.add(FrameCodec.decode(frame)));
    }

    @Override
    public void wantWritable() {
      // It always is.
    }

    @Override
    public void close() {
      closed = true;
    }

    String output() {
      StringBuilder text = new StringBuilder();
      for (Frame frame : taken) {
        if (frame instanceof AgentFrame.Output output) {
          text.append(new String(output.bytes(), US_ASCII));
        }
      }
      return text.toString();
    }

    long outputBytes() {
      return taken.stream()
          .filter(AgentFrame.Output.class::isInstance)
          .mapToLong(frame -> ((AgentFrame.Output) frame).bytes().length)
          .sum();
    }
  }

  @Test
  void letsAViewGoThatAcknowledgesNothingForTooLong() throws IOException {
    List<String> flood = List.of("/bin/sh", "-c", "head -c 3000000 /dev/zero; read x; exit 4");
    Terminal terminal = Terminal.start(1, flood, 80, 24, Duration.ofMillis(300));
    Wire slow = new Wire();
    terminal.attach(slow, Limits.NO_OFFSET, 80, 24).orElseThrow();

    SOON.until("the slow view is let go", () -> slow.closed);

    assertThat(slow.outputBytes()).isEqualTo(Limits.WINDOW_BYTES);
    assertThat(slow.taken).last().isEqualTo(closedWith(CloseCode.TOO_SLOW));
    terminal.input("\n".getBytes(US_ASCII));
    SOON.until("the program went on", () -> !terminal.isRunning());
    Wire late = new Wire();
    terminal.attach(late, 2_900_000, 80, 24);
    assertThat(late.taken).contains(new AgentFrame.Exited(4), closedWith(CloseCode.EXITED));
  }

  @Test
  void endsItsProgramAndViews() throws IOException {
    Terminal terminal = Terminal.start(1, List.of("sleep", "1000"), 80, 24, new byte[0]);
    Wire wire = new Wire();
    terminal.attach(wire, Limits.NO_OFFSET, 80, 24).orElseThrow();

    terminal.end(CloseCode.LOCKED);

    SOON.until("it has ended", () -> !terminal.isRunning());
    assertThat(wire.taken).last().isEqualTo(closedWith(CloseCode.LOCKED));
    assertThat(wire.closed).isTrue();
  }

  @Test
  void bringsAFloodWholeInFewFrames() throws IOException {
    List<String> flood = List.of("/bin/sh", "-c", "stty -opost; seq 100000; read x");
    Terminal terminal = Terminal.start(1, flood, 80, 24, new byte[0]);
    Wire wire = new Wire();
    View view = terminal.attach(wire, Limits.NO_OFFSET, 80, 24).orElseThrow();
    int length = 588_895;

    SOON.until("all has come", () -> wire.outputBytes() >= length);

    terminal.acknowledge(view, length);
    assertThat(wire.outputBytes()).isEqualTo(length);
    assertThat(wire.output()).endsWith("\n99999\n100000\n");
    terminal.end(CloseCode.LOCKED);
  }

  @Test
  void endsWithItsProgramWhoeverElseHoldsThePty() throws IOException {
    List<String> leaving = List.of("/bin/sh", "-c", "trap '' HUP; sleep 30 & echo on; exit 3");
    Terminal terminal = Terminal.start(1, leaving, 80, 24, new byte[0]);
    Wire wire = new Wire();
    terminal.attach(wire, Limits.NO_OFFSET, 80, 24).orElseThrow();

    SOON.until("its end was told", () -> wire.taken.contains(new AgentFrame.Exited(3)));

    assertThat(wire.output()).isEqualTo("on\r\n");
  }

  private static AgentFrame.Closed closedWith(CloseCode code) {
    return new AgentFrame.Closed(code.code(), code.reason());
  }
}
