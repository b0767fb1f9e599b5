// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.sandboxhost.lab.AgentClient;
import dev.cofferdam.sandboxhost.lab.Lab;
import dev.cofferdam.sandboxhost.lab.TestBox;
import dev.cofferdam.sandboxhost.lab.TestView;
import dev.cofferdam.terminal.protocol.AgentFrame;
import dev.cofferdam.terminal.protocol.ClientFrame;
import dev.cofferdam.terminal.protocol.ControlAnswer;
import dev.cofferdam.terminal.protocol.ControlFrame;
import dev.cofferdam.terminal.protocol.Frame;
import dev.cofferdam.terminal.protocol.Limits;
import dev.cofferdam.tickets.TicketAction;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every bound is reached, and what lies beyond it hurts nobody else. */
class BoundsIT {
  private static final int FLOOD_BYTES = 5_000_000;

  /** Occurs in no prompt and no echo. */
  private static final byte FLOOD_BYTE = 1;

  private final Lab lab = Lab.shared();

  @Test
  void aViewThatAcknowledgesNothingStopsItsProgramAndNoNeighbour() {
    try (TestBox box = lab.newWorkspace().open();
        TestView neighbour = box.terminal();
        AgentClient deaf = AgentClient.connect(Path.of(box.box().socket()))) {
      deaf.send(new ControlFrame.Enter(box.ticket(TicketAction.TERMINAL), box.create()));
      deaf.send(new ClientFrame.Attach(Limits.NO_OFFSET, 80, 24));
      deaf.next(AgentFrame.Output.class);
      String flood = "stty -echo; head -c " + FLOOD_BYTES + " /dev/zero | tr '\\0' '\\1'; exit 5\r";
      deaf.send(new ClientFrame.Input(flood.getBytes(StandardCharsets.UTF_8)));

      Flood seen = new Flood();
      while (seen.head < Limits.WINDOW_BYTES) {
        seen.take(deaf.next(AgentFrame.Output.class));
      }
      long start = System.nanoTime();
      assertThat(neighbour.run("echo here I am")).isEqualTo("here I am\n");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
      assertThat(seen.head).isEqualTo(Limits.WINDOW_BYTES);
      assertThat(neighbour.run("pgrep -x head")).as("the program waits").isNotEmpty();
      assertThat(deaf.hasFrames()).isFalse();

      deaf.send(new ClientFrame.Ack(seen.head));
      for (Frame frame = deaf.next(); !(frame instanceof AgentFrame.Exited); frame = deaf.next()) {
        if (frame instanceof AgentFrame.Output output) {
          seen.take(output);
          deaf.trySend(new ClientFrame.Ack(seen.head));
        }
      }
      assertThat(seen.count).isEqualTo(FLOOD_BYTES);
    }
  }

  private static final class Flood {
    private long head;
    private long count;

    void take(AgentFrame.Output output) {
      if (head > 0) {
        assertThat(output.offset()).isEqualTo(head);
      }
      head = output.offset() + output.bytes().length;
      for (byte b : output.bytes()) {
        count += b == FLOOD_BYTE ? 1 : 0;
      }
    }
  }

  @Test
  void aProgramThatReadsNothingStopsItsViewAfterAMebibyte() {
    try (TestBox box = lab.newWorkspace().open();
        TestView neighbour = box.terminal();
        TestView terminal = box.terminal()) {
      terminal.type("stty raw -echo; echo deaf; sleep 1000\r");
      terminal.awaitText("deaf\n");
      sendUntilItEnds(terminal.connection(), new ClientFrame.Input(new byte[64 * 1024]), 20);

      assertThat(terminal.awaitFrame(AgentFrame.Closed.class).code()).isEqualTo(4408);
      assertThat(neighbour.run("echo here I am")).isEqualTo("here I am\n");
    }
  }

  /** The other side may end it while a frame is on its way. */
  private static void sendUntilItEnds(AgentClient connection, ClientFrame frame, int most) {
    try {
      for (int i = 0; i < most && !connection.hasEnded(); i++) {
        connection.send(frame);
      }
    } catch (IllegalStateException e) {
      assertThat(e).hasRootCauseMessage("Broken pipe");
    }
  }

  @Test
  void thirtyTwoTerminals() {
    try (TestBox box = lab.newWorkspace().open()) {
      List<Integer> ids = new ArrayList<>();
      for (int i = 0; i < Limits.MOST_TERMINALS; i++) {
        ids.add(box.create());
      }
      assertThat(ids).doesNotHaveDuplicates();
      for (int id : ids) {
        try (TestView view = TestView.attach(box, id)) {
          view.awaitText("$ ");
        }
      }
      assertThat(create(box)).extracting("slug").isEqualTo("too-many-terminals");

      try (TestView last = TestView.attach(box, ids.getLast())) {
        last.awaitText("$ ");
        last.type("exit\r");
        last.awaitFrame(AgentFrame.Exited.class);
      }
      assertThat(create(box)).as("instead of the ended one").isInstanceOf(ControlAnswer.Done.class);
      assertThat(create(box)).extracting("slug").isEqualTo("too-many-terminals");
      assertThat(closeTerminal(box, ids.getFirst())).isEqualTo(new ControlAnswer.Done(0));
      assertThat(closeTerminal(box, ids.getFirst()))
          .extracting("slug")
          .isEqualTo("no-such-terminal");
      assertThat(create(box)).isInstanceOf(ControlAnswer.Done.class);
    }
  }

  private static ControlAnswer create(TestBox box) {
    return box.control()
        .result(new ControlFrame.CreateTerminal(box.ticket(TicketAction.TERMINAL), 80, 24));
  }

  private static ControlAnswer closeTerminal(TestBox box, int id) {
    return box.control()
        .result(new ControlFrame.CloseTerminal(box.ticket(TicketAction.TERMINAL), id));
  }

  @Test
  void eightViews() {
    try (TestBox box = lab.newWorkspace().open()) {
      int id = box.create();
      List<TestView> views = new ArrayList<>();
      for (int i = 0; i < Limits.MOST_VIEWS; i++) {
        views.add(TestView.attach(box, id));
        views.getLast().awaitText("$ ");
      }
      try (TestView ninth = TestView.attach(box, id)) {
        assertThat(ninth.awaitFrame(AgentFrame.Closed.class).code()).isEqualTo(4409);
      }
      views.getFirst().type("echo to all $((1 + 1))\r");
      views.forEach(view -> view.awaitText("to all 2"));
      views.forEach(TestView::close);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "unknown type, 00000001 7f, 1003",
    "a frame of the agent, 00000005 84 00000001, 1003",
    "a control frame, 00000003 46 0000, 1003",
    "cut short, 00000003 02 0050, 1003",
    "a byte too many, 00000002 04 00, 1003",
    "no columns, 00000005 02 0000 0018, 1003",
    "too many columns, 00000005 02 03e9 0018, 1003",
    "too many rows, 00000005 02 0050 01f5, 1003",
    "a second attach, 0000000d 06 ffffffffffffffff 0050 0018, 1003",
    "an empty frame, 00000000, 1003",
    "a negative length, ffffffff, 1003",
    "a huge length, 00ffffff, 1009",
    "a little too large, 00010041, 1009"
  })
  void aBadFrameClosesItsOwnViewOnly(String what, String hex, int code) {
    TestBox box = Shared.BOX;
    int id = box.create();
    try (TestView neighbour = TestView.attach(box, id);
        TestView bad = TestView.attach(box, id)) {
      neighbour.awaitText("$ ");
      bad.awaitText("$ ");

      bad.connection().sendRaw(bytes(hex));
      AgentFrame.Closed closed = bad.awaitFrame(AgentFrame.Closed.class);

      assertThat(closed.code()).as(what).isEqualTo(code);
      bad.connection().awaitEnd();
      assertThat(neighbour.run("echo here I am")).isEqualTo("here I am\n");
      closeTerminal(box, id);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "input without a terminal, 00000002 01 61, 1003",
    "an attach without a terminal, 0000000d 06 ffffffffffffffff 0050 0018, 1003",
    "not UTF-8, 00000004 46 0001 ff, 1003",
    "a huge length, 7fffffff, 1009"
  })
  void aBadFrameClosesItsOwnControlConnectionOnly(String what, String hex, int code) {
    TestBox box = Shared.BOX;
    try (AgentClient bad = AgentClient.connect(Path.of(box.box().socket()))) {
      bad.sendRaw(bytes(hex));

      assertThat(bad.next(AgentFrame.Closed.class).code()).as(what).isEqualTo(code);
      bad.awaitEnd();
      assertThat(
              box.control()
                  .result(new ControlFrame.ListTerminals(box.ticket(TicketAction.TERMINAL))))
          .isInstanceOf(ControlAnswer.Terminals.class);
    }
  }

  @Test
  void anInputBeforeTheAttachClosesTheView() {
    TestBox box = Shared.BOX;
    int id = box.create();
    try (AgentClient view = AgentClient.connect(Path.of(box.box().socket()))) {
      view.send(new ControlFrame.Enter(box.ticket(TicketAction.TERMINAL), id));
      view.send(new ClientFrame.Input(new byte[] {'a'}));

      assertThat(view.next(AgentFrame.Closed.class).code()).isEqualTo(1003);
    }
    closeTerminal(box, id);
  }

  @Test
  void aTerminalThatDoesNotExist() {
    TestBox box = Shared.BOX;
    try (AgentClient view = AgentClient.connect(Path.of(box.box().socket()))) {
      view.send(new ControlFrame.Enter(box.ticket(TicketAction.TERMINAL), 999));

      assertThat(view.next(AgentFrame.Closed.class).code()).isEqualTo(4404);
    }
  }

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  private static final class Shared {
    private static final TestBox BOX = Lab.shared().newWorkspace().open();
  }
}
