// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.sandboxhost.lab.Lab;
import dev.cofferdam.sandboxhost.lab.TestBox;
import dev.cofferdam.sandboxhost.lab.TestView;
import dev.cofferdam.terminal.protocol.AgentFrame;
import dev.cofferdam.terminal.protocol.ClientFrame;
import dev.cofferdam.testkit.Eventually;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A terminal is a real one to the programs in it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShellIT {
  private final TestBox box = Lab.shared().newWorkspace().open();

  @AfterAll
  void close() {
    box.close();
  }

  @Test
  void isATtyOfTheBox() {
    try (TestView terminal = box.terminal()) {
      assertThat(terminal.run("tty")).matches("/dev/pts/[0-9]+\\n");
      assertThat(terminal.run("stty size")).isEqualTo("24 80\n");
      assertThat(terminal.run("test -t 0 -a -t 1 -a -t 2 && echo all three")).contains("all three");
    }
  }

  @Test
  void tellsProgramsWhatItCanDo() {
    try (TestView terminal = box.terminal()) {
      String environment = terminal.run("env; pwd; id -un");
      assertThat(environment.lines())
          .contains(
              "TERM=xterm-256color",
              "COLORTERM=truecolor",
              "LANG=C.UTF-8",
              "HOME=/workspace",
              "SHELL=/bin/bash",
              "/workspace",
              "me");
    }
  }

  @Test
  void interruptsWithControlC() {
    try (TestView terminal = box.terminal()) {
      startSleep(terminal, 1001);
      terminal.type("\u0003");
      terminal.awaitPrompt();

      terminal.type("echo code $?\r");
      terminal.awaitText("code 130\r");
    }
  }

  /** Waits until it runs: what is typed before goes to the shell. */
  private void startSleep(TestView terminal, int seconds) {
    terminal.type("sleep " + seconds + "\r");
    Eventually.within(Duration.ofSeconds(10))
        .until(
            "sleep runs",
            () ->
                box.processes().stream().anyMatch(p -> p.commandLine().equals("sleep " + seconds)));
  }

  @Test
  void hasJobControl() {
    try (TestView terminal = box.terminal()) {
      startSleep(terminal, 1002);
      terminal.type("\u001a");
      terminal.awaitPrompt();

      assertThat(terminal.run("jobs")).contains("Stopped").contains("sleep 1002");
      terminal.type("fg\r");
      terminal.awaitText("\rsleep 1002\r\n");
      terminal.type("\u0003");
      terminal.awaitPrompt();
      assertThat(terminal.run("jobs")).isEmpty();
    }
  }

  @Test
  void changesItsSizeForProgramsAndOtherViews() {
    int id = box.create();
    try (TestView terminal = TestView.attach(box, id);
        TestView other = TestView.attach(box, id)) {
      terminal.awaitText("$ ");
      terminal.run("trap 'echo changed' WINCH");
      other.awaitFrame(AgentFrame.Attached.class);

      terminal.connection().send(new ClientFrame.Resize(1000, 500));

      assertThat(other.awaitFrame(AgentFrame.Resized.class))
          .isEqualTo(new AgentFrame.Resized(1000, 500));
      terminal.awaitText("changed");
      assertThat(terminal.run("stty size")).isEqualTo("500 1000\n");
      terminal.connection().send(new ClientFrame.Resize(1, 1));
      assertThat(other.awaitFrame(AgentFrame.Resized.class))
          .isEqualTo(new AgentFrame.Resized(1, 1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "exit 7, 7",
    "exit 0, 0",
    "kill -KILL $$, 137",
    "exec sh -c 'kill -TERM $$', 143",
    "exec true, 0"
  })
  void tellsHowItEnded(String command, int code) {
    try (TestView terminal = box.terminal()) {
      terminal.type("echo last words; " + command + "\r");

      AgentFrame.Exited exited = terminal.awaitFrame(AgentFrame.Exited.class);

      assertThat(exited.code()).isEqualTo(code);
      assertThat(terminal.text()).contains("last words\r\n");
      assertThat(terminal.awaitFrame(AgentFrame.Closed.class).code()).isEqualTo(1000);
      terminal.connection().awaitEnd();
    }
  }

  @Test
  void keepsItsLastOutputForThoseWhoComeLater() {
    int id = box.create();
    try (TestView terminal = TestView.attach(box, id)) {
      terminal.awaitText("$ ");
      terminal.type("seq 100000; exit 3\r");
      terminal.awaitFrame(AgentFrame.Exited.class);
    }
    try (TestView late = TestView.attach(box, id)) {
      assertThat(late.awaitFrame(AgentFrame.Exited.class).code()).isEqualTo(3);
      assertThat(late.text()).contains("\n99999\r\n100000\r\n");
      assertThat(late.awaitFrame(AgentFrame.Closed.class).code()).isEqualTo(1000);
    }
  }

  @Test
  void takes64KiBAtOnceUnchanged() throws GeneralSecurityException {
    byte[] pasted = new byte[64 * 1024];
    for (int i = 0; i < pasted.length; i++) {
      pasted[i] = (byte) (i % 251);
    }
    try (TestView terminal = box.terminal()) {
      terminal.type("stty raw -echo; echo ready; head -c 65536 | sha256sum; stty sane\r");
      terminal.awaitText("ready\n");
      terminal.connection().send(new ClientFrame.Input(pasted));

      String sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(pasted));
      terminal.awaitText(sum);
    }
  }

  @Test
  void bringsEveryByteUnchanged() {
    try (TestView terminal = box.terminal()) {
      terminal.type(
          "stty -opost; perl -e 'print \"<\"x2, map(chr, 0..255), \">\"x2'; stty opost\r");
      terminal.awaitText(">>");
      byte[] all = terminal.bytes();
      String text = new String(all, StandardCharsets.ISO_8859_1);
      int start = text.indexOf("<<\0") + 2;
      for (int value = 0; value < 256; value++) {
        assertThat(Byte.toUnsignedInt(all[start + value])).isEqualTo(value);
      }
      assertThat(Arrays.copyOfRange(all, start + 256, start + 258))
          .isEqualTo(new byte[] {'>', '>'});
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tmux new-session -s one, [one], tmux kill-server",
    "echo Grüße > letter; vim -u NONE letter, Grüße, :q!",
    "htop, F10, q"
  })
  void runsFullScreenPrograms(String command, String sign, String end) {
    try (TestView terminal = box.terminal()) {
      terminal.connection().send(new ClientFrame.Resize(120, 40));
      terminal.type(command + "\r");
      terminal.awaitText("\u001b[?1049h");
      terminal.awaitText(sign);
      terminal.type(end + "\r");
      terminal.awaitText("\u001b[?1049l");
      assertThat(terminal.run("echo still $((6 * 7))")).isEqualTo("still 42\n");
    }
  }
}
