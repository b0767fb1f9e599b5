// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.sandboxhost.lab.Lab;
import dev.cofferdam.sandboxhost.lab.TestBox;
import dev.cofferdam.sandboxhost.lab.TestView;
import dev.cofferdam.terminal.protocol.AgentFrame;
import dev.cofferdam.terminal.protocol.ClientFrame;
import dev.cofferdam.terminal.protocol.Limits;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A view that comes back gets what it missed: nothing less, nothing twice. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OffsetIT {
  private final TestBox box = Lab.shared().newWorkspace().open();

  @AfterAll
  void close() {
    box.close();
  }

  @Test
  void bringsOnlyWhatWasMissed() {
    int id = box.create();
    byte[] seen;
    byte[] missed;
    long offset;
    try (TestView first = TestView.attach(box, id)) {
      first.awaitText("$ ");
      first.type("(sleep 0.2; seq 2000; echo all) &\r");
      first.awaitText("sleep");
      seen = first.bytes();
      offset = first.offset();
    }
    try (TestView back = TestView.attach(box, id, offset)) {
      back.awaitText("2000\r\nall");
      assertThat(back.others()).noneMatch(AgentFrame.Reset.class::isInstance);
      missed = back.bytes();
    }
    try (TestView whole = TestView.attach(box, id)) {
      whole.awaitText("2000\r\nall");
      byte[] joined = new byte[seen.length + missed.length];
      System.arraycopy(seen, 0, joined, 0, seen.length);
      System.arraycopy(missed, 0, joined, seen.length, missed.length);
      assertThat(Arrays.copyOf(whole.bytes(), joined.length)).isEqualTo(joined);
    }
  }

  @Test
  void cutsNoCharacterInTwo() {
    int id = box.create();
    String text = "aä€😀👩‍💻ß";
    try (TestView terminal = TestView.attach(box, id)) {
      terminal.awaitText("$ ");
      terminal.run("printf '" + text + "'");
      byte[] all = terminal.bytes();
      long start = terminal.offset() - all.length;
      for (int at = 0; at < 64; at++) {
        try (TestView other = TestView.attach(box, id, start + at)) {
          while (other.offset() < terminal.offset()) {
            other.take();
          }
          byte[] rest = Arrays.copyOfRange(all, at, all.length);
          assertThat(other.bytes()).startsWith(rest);
        }
      }
      assertThat(new String(all, UTF_8)).contains(text);
    }
  }

  @Test
  void marksWhatIsNoLongerThere() {
    int id = box.create();
    try (TestView terminal = TestView.attach(box, id)) {
      terminal.awaitText("$ ");
      terminal.run("seq -f '%.0f line of some forty characters or more' 80000");
      assertThat(terminal.offset()).isGreaterThan(3L * 1024 * 1024);
      for (long wanted : new long[] {Limits.NO_OFFSET, 0, 17, Long.MAX_VALUE}) {
        try (TestView late = TestView.attach(box, id, wanted)) {
          AgentFrame.Attached attached = late.awaitFrame(AgentFrame.Attached.class);
          long start = late.awaitFrame(AgentFrame.Reset.class).offset();
          while (late.offset() < attached.head()) {
            late.take();
          }

          assertThat(attached.head() - attached.oldest()).isEqualTo(Limits.SCROLLBACK_BYTES);
          assertThat(start).isBetween(attached.oldest(), attached.oldest() + 100);
          assertThat(late.text()).matches("(?s)[0-9]+ line of some forty characters or more\r\n.*");
          assertThat(late.text()).contains("80000 line");
        }
      }
    }
  }

  @Test
  void keepsTheWindowOfEachViewApart() {
    int id = box.create();
    try (TestView quick = TestView.attach(box, id);
        TestView idle = TestView.attach(box, id)) {
      quick.awaitText("$ ");
      idle.awaitText("$ ");
      idle.connection().send(new ClientFrame.Ack(Long.MAX_VALUE));
      idle.connection().send(new ClientFrame.Ack(0));
      assertThat(quick.run("seq 50000 | tail -1")).isEqualTo("50000\n");
      idle.awaitText("\n50000\r\n");
    }
  }
}
