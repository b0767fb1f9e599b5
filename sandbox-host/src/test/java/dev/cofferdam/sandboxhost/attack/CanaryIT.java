// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.attack;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.sandbox.protocol.ExitReason;
import dev.cofferdam.sandboxhost.lab.Command;
import dev.cofferdam.sandboxhost.lab.Lab;
import dev.cofferdam.sandboxhost.lab.MemorySearch;
import dev.cofferdam.sandboxhost.lab.Processes;
import dev.cofferdam.sandboxhost.lab.Remains;
import dev.cofferdam.sandboxhost.lab.TestBox;
import dev.cofferdam.sandboxhost.lab.TestTickets;
import dev.cofferdam.sandboxhost.lab.TestView;
import dev.cofferdam.sandboxhost.lab.TestWorkspace;
import dev.cofferdam.terminal.protocol.ControlAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looks for a workspace's real key, in every form, wherever it must not be. */
class CanaryIT {
  private static final Pattern CRASH_FILE =
      Pattern.compile("core(\\.\\d+)?|hs_err_pid.*|replay_pid.*");

  private final Lab lab = Lab.shared();

  @Test
  void theKeyIsInNoFileArgumentEnvironmentOrLog() {
    TestWorkspace workspace = lab.newWorkspace();
    List<byte[]> forms = forms(workspace.plainKey());
    try (TestBox box = workspace.open();
        TestView terminal = box.terminal()) {
      terminal.run("echo work > note");
      assertNowhere(box, forms);
      assertThat(Files.isReadable(box.root().resolve("plain")))
          .as("the view, from outside, to all but the box's own uid")
          .isEqualTo(lab.user().range().isEmpty());
      box.lock();
      box.awaitExit();
    }
    none(workspace.onDisk(), forms);
    assertThat(String.join("\n", lab.host().log()).getBytes(US_ASCII))
        .satisfies(log -> none(log, forms));
  }

  @Test
  void theKeyStaysInNoMemoryButThatOfGocryptfs() throws IOException {
    TestWorkspace workspace = lab.newWorkspace();
    List<byte[]> forms = forms(workspace.plainKey());
    String token = workspace.wrap();
    try (TestBox box = workspace.start()) {
      assertThat(box.open(TestTickets.TERMS, token).getLast()).isEqualTo(new ControlAnswer.Done(0));
      if (lab.user().own() || lab.user().range().isEmpty()) {
        assertInNoMemory(box, forms, token);
      } else {
        long agent = box.process("java").pid();
        assertThatThrownBy(() -> new MemorySearch(forms).hits(agent))
            .as("the agent is not dumpable: not even the user who started it reads its memory")
            .isInstanceOf(IOException.class);
      }
    }
  }

  /** A crash of theirs writes down nothing: no core, no error file of the JVM, no key in a log. */
  @ParameterizedTest
  @ValueSource(strings = {"java", "gocryptfs"})
  void aCrashLeavesNothingOfTheKey(String program) throws IOException {
    TestWorkspace workspace = lab.newWorkspace();
    List<byte[]> forms = forms(workspace.plainKey());
    try (TestBox box = workspace.open()) {
      for (String other : List.of("java", "gocryptfs")) {
        long pid = box.process(other).pid();
        assertThat(coreLimits(pid)).as(other).containsExactly("0", "0");
        assertThat(Path.of("/proc/" + pid + "/coredump_filter"))
            .as("what of %s a core would hold that heeds no limit", other)
            .hasContent("00000000");
      }
      Remains remains = Remains.of(box);

      Command.require("kill", "-SEGV", Long.toString(box.process(program).pid()));

      assertThat(box.awaitExit()).isIn(ExitReason.AGENT_EXIT, ExitReason.BROKEN);
      remains.assertNone();
    }
    none(workspace.onDisk(), forms);
    assertThat(filesWith(lab.host().root().resolve("scratch"), forms)).isEmpty();
    assertThat(filesWith(lab.vault().bao().folder(), forms)).isEmpty();
    assertThat(crashFiles()).isEmpty();
    assertThat(String.join("\n", lab.host().log()).getBytes(US_ASCII))
        .satisfies(log -> none(log, forms));
  }

  /** Ended by the kernel for its memory, or refused more of it where there is no control group. */
  @Test
  void aCellOutOfMemoryLeavesNothingOfTheKey() {
    TestWorkspace workspace = lab.newWorkspace();
    List<byte[]> forms = forms(workspace.plainKey());
    try (TestBox box = workspace.open();
        TestView terminal = box.terminal()) {
      String hog = "perl -e 'my $a = \"x\" x 200000000; sleep 1' && echo had it all";
      terminal.run("for i in 1 2 3 4 5 6; do (" + hog + ") & done > /tmp/had 2>&1; wait");
      if (lab.groups().byController().containsKey("memory")) {
        assertThat(Integer.parseInt(terminal.run("grep -c 'had it all' /tmp/had").strip()))
            .as("hogs that were left alone, of six")
            .isLessThan(4);
      }
      assertNowhere(box, forms);
      assertThat(terminal.run("find /workspace /tmp /dev/shm -name 'core*'")).isEmpty();
    }
    assertThat(crashFiles()).isEmpty();
  }

  /** Soft and hard, of proc_pid_limits(5). */
  private static List<String> coreLimits(long pid) throws IOException {
    try (Stream<String> limits = Files.lines(Path.of("/proc/" + pid + "/limits"))) {
      return limits
          .filter(line -> line.startsWith("Max core file size"))
          .flatMap(line -> Stream.of(line.substring(26).strip().split(" +")).limit(2))
          .toList();
    }
  }

  /** Where a process of a box could write one: below what sandbox-host has. */
  private List<Path> crashFiles() {
    try (Stream<Path> all = Files.walk(lab.host().root())) {
      return all.filter(file -> CRASH_FILE.matcher(file.getFileName().toString()).matches())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertInNoMemory(TestBox box, List<byte[]> forms, String token) throws IOException {
    String known = box.box().sandbox().toString();
    MemorySearch control = new MemorySearch(List.of(known.getBytes(US_ASCII)));
    assertThat(control.hits(box.process("java").pid())).as("a search that finds").isPositive();
    MemorySearch search = new MemorySearch(forms);
    for (Processes.Found process : box.processes()) {
      if (!process.commandLine().startsWith("gocryptfs")) {
        assertThat(search.hits(process.pid())).as(process.commandLine()).isZero();
      }
    }
    assertThat(search.hits(lab.host().pid())).as("sandbox-host").isZero();
    MemorySearch tokens = new MemorySearch(List.of(token.getBytes(US_ASCII)));
    assertThat(tokens.hits(lab.host().pid())).as("the token in sandbox-host").isZero();
  }

  private void assertNowhere(TestBox box, List<byte[]> forms) {
    none(box.workspace().onDisk(), forms);
    assertThat(filesWith(lab.host().root().resolve("scratch"), forms)).isEmpty();
    assertThat(filesWith(lab.vault().bao().folder(), forms)).isEmpty();
    if (lab.user().own()) {
      for (String writable : List.of("tmp", "run")) {
        assertThat(filesWith(box.root().resolve(writable), forms)).isEmpty();
      }
    }
    for (Processes.Found process : Processes.all()) {
      for (String file : List.of("cmdline", "environ")) {
        Path path = Path.of("/proc/" + process.pid() + "/" + file);
        assertThat(contains(path, forms)).as("%s of %s", file, process.commandLine()).isFalse();
      }
    }
  }

  private static List<byte[]> forms(String base64) {
    byte[] key = Base64.getDecoder().decode(base64);
    assertThat(key).hasSize(32);
    List<byte[]> forms = new ArrayList<>();
    forms.add(key);
    forms.add(base64.replace("=", "").getBytes(US_ASCII));
    forms.add(Base64.getUrlEncoder().withoutPadding().encode(key));
    forms.add(HexFormat.of().formatHex(key).getBytes(US_ASCII));
    forms.add(HexFormat.of().withUpperCase().formatHex(key).getBytes(US_ASCII));
    return forms;
  }

  private static List<Path> filesWith(Path root, List<byte[]> forms) {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).filter(file -> contains(file, forms)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean contains(Path file, List<byte[]> forms) {
    try {
      byte[] content = Files.readAllBytes(file);
      return forms.stream().anyMatch(form -> MemorySearch.count(content, content.length, form) > 0);
    } catch (IOException e) {
      return false; // not ours to read, or gone meanwhile
    }
  }

  private static void none(byte[] content, List<byte[]> forms) {
    for (byte[] form : forms) {
      assertThat(MemorySearch.count(content, content.length, form)).isZero();
    }
  }
}
