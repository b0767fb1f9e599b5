// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.box;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.sandbox.protocol.Box;
import dev.cofferdam.sandbox.protocol.BoxUse;
import dev.cofferdam.sandbox.protocol.ExitReason;
import dev.cofferdam.sandbox.protocol.HostAnswer;
import dev.cofferdam.sandboxhost.lab.Command;
import dev.cofferdam.sandboxhost.lab.HostClient;
import dev.cofferdam.sandboxhost.lab.Lab;
import dev.cofferdam.sandboxhost.lab.Processes;
import dev.cofferdam.sandboxhost.lab.TestBox;
import dev.cofferdam.sandboxhost.lab.TestView;
import dev.cofferdam.sandboxhost.lab.TestWorkspace;
import dev.cofferdam.testkit.Eventually;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the gateway may ask for, and who else may not. */
class HostIT {
  private final Lab lab = Lab.shared();

  @Test
  void startsOneBoxAWorkspaceAndListsIt() {
    try (TestBox box = lab.newWorkspace().start()) {
      assertThat(lab.client().tryStart(box.workspace().id()))
          .isInstanceOf(HostAnswer.Refused.class)
          .extracting("problem")
          .isEqualTo("box-running");
      assertThat(lab.client().list()).contains(box.box());
    }
  }

  @Test
  void saysOfEachBoxWhetherItsStarterIsStillThere() throws IOException {
    TestWorkspace workspace = lab.newWorkspace();
    SandboxId sandbox;
    try (HostClient gateway = new HostClient(lab.host().socket())) {
      sandbox = gateway.start(workspace.id()).sandbox();
      assertThat(lab.client().attended()).contains(sandbox);
    }
    Eventually.within(Duration.ofSeconds(5))
        .until("its starter is gone", () -> !lab.client().attended().contains(sandbox));
    assertThat(lab.client().list()).anyMatch(box -> box.sandbox().equals(sandbox));
    lab.client().end(sandbox);
    assertThat(lab.client().list()).noneMatch(box -> box.sandbox().equals(sandbox));
  }

  @Test
  void handsOutTheWarmBox() {
    TestWorkspace workspace = lab.newWorkspace();
    lab.client().warm(workspace.id());
    long waiting = pidOfBoxOf(workspace);
    assertThat(lab.client().list()).noneMatch(box -> box.workspace().equals(workspace.id()));

    try (TestBox box = workspace.open()) {
      assertThat(box.box().pid()).isEqualTo(waiting);
      assertThat(lab.client().list()).contains(box.box());
      box.lock();
      assertThat(box.awaitExit()).isEqualTo(ExitReason.LOCKED);
    }
  }

  @Test
  void startsAnewIfTheWarmBoxHasDied() {
    TestWorkspace workspace = lab.newWorkspace();
    lab.client().warm(workspace.id());
    long waiting = pidOfBoxOf(workspace);
    Command.require("kill", "-KILL", Long.toString(waiting));

    Eventually.within(Duration.ofSeconds(5))
        .until("it is gone", () -> Processes.treeOf(waiting).isEmpty());
    try (TestBox box = workspace.open()) {
      assertThat(box.box().pid()).isNotEqualTo(waiting);
    }
  }

  private static long pidOfBoxOf(TestWorkspace workspace) {
    Eventually.within(Duration.ofSeconds(5))
        .until("an agent of " + workspace.id(), () -> agentOf(workspace).isPresent());
    return agentOf(workspace).orElseThrow().parent();
  }

  /** Several processes carry its id; bubblewrap is the agent's parent and the box. */
  private static Optional<Processes.Found> agentOf(TestWorkspace workspace) {
    return Processes.all().stream()
        .filter(p -> p.commandLine().contains("TerminalAgent"))
        .filter(p -> p.commandLine().contains(workspace.id().toString()))
        .filter(p -> Path.of(p.commandLine().split(" ")[0]).endsWith("java"))
        .findFirst();
  }

  @Test
  void startsAnotherRightBehindAnEnd() {
    TestWorkspace workspace = lab.newWorkspace();
    for (int turn = 0; turn < 20; turn++) {
      HostAnswer answer = lab.client().tryStart(workspace.id());
      assertThat(answer).as("turn " + turn).isInstanceOf(HostAnswer.Started.class);
      lab.client().end(((HostAnswer.Started) answer).box().sandbox());
    }
  }

  @Test
  void endsABoxThatIsGoneAsWell() {
    TestBox box = lab.newWorkspace().start();
    box.close();

    lab.client().end(box.box().sandbox());
    lab.client().end(SandboxId.random());
    assertThat(lab.client().list()).doesNotContain(box.box());
  }

  @Test
  void destroysALockedWorkspaceOnly() {
    TestWorkspace workspace = lab.newWorkspace();
    try (TestBox box = workspace.open();
        TestView terminal = box.terminal()) {
      terminal.run("mkdir -m 0 closed; ln -s / root; echo x > note");
      assertThat(lab.client().destroy(workspace.id()))
          .extracting("problem")
          .isEqualTo("box-running");
      box.lock();
      box.awaitExit();
    }
    assertThat(workspace.cipher()).isDirectory();

    assertThat(lab.client().destroy(workspace.id())).isInstanceOf(HostAnswer.Accepted.class);
    assertThat(workspace.cipher()).doesNotExist();
    assertThat(lab.client().destroy(workspace.id())).isInstanceOf(HostAnswer.Accepted.class);
    assertThat(Path.of("/usr/bin/env")).exists();
  }

  @Test
  void tellsEveryWatcherOfAnExit() throws IOException {
    try (HostClient other = new HostClient(lab.host().socket());
        TestBox box = lab.newWorkspace().start()) {
      lab.client().end(box.box().sandbox());

      assertThat(other.awaitExit(box.box().sandbox(), Duration.ofSeconds(5)))
          .isEqualTo(ExitReason.KILLED);
    }
  }

  @Test
  void measuresWhatABoxTakesWithAllThatRunsInIt() {
    try (TestBox box = lab.newWorkspace().open();
        TestBox other = lab.newWorkspace().start();
        TestView terminal = box.terminal()) {
      BoxUse before = useOf(box);
      assertThat(before.memoryBytes()).isBetween(10_000_000L, 2_000_000_000L);

      terminal.run("x=$(head -c 60000000 /dev/zero | tr '\\0' x)");
      terminal.run("timeout 0.5 sh -c 'while :; do :; done'");

      BoxUse after = useOf(box);
      assertThat(after.memoryBytes() - before.memoryBytes()).isGreaterThan(50_000_000);
      assertThat(after.cpuMicros() - before.cpuMicros()).isGreaterThan(200_000);
      assertThat(useOf(other).memoryBytes()).isLessThan(after.memoryBytes());
      lab.client().end(other.box().sandbox());
      assertThat(lab.client().measure())
          .noneMatch(use -> use.sandbox().equals(other.box().sandbox()));
    }
  }

  private BoxUse useOf(TestBox box) {
    return lab.client().measure().stream()
        .filter(use -> use.sandbox().equals(box.box().sandbox()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void answersNonsenseAndLivesOn() throws IOException {
    for (String line : List.of("", "{}", "null", "[1]", "{\"id\":1,\"op\":\"start\"}", "\u0000")) {
      try (SocketChannel channel = connect()) {
        channel.write(UTF_8.encode(line + "\n"));

        assertThat(readLine(channel)).contains("\"problem\":\"malformed\"");
      }
    }
    try (SocketChannel channel = connect()) {
      ByteBuffer endless = ByteBuffer.allocate(200_000);
      writeUntilClosed(channel, endless);
    }
    assertThat(lab.client().list()).isNotNull();
  }

  private SocketChannel connect() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(lab.host().socket()));
  }

  private static String readLine(SocketChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4096);
    while (channel.read(bytes) >= 0) {
      String text = UTF_8.decode(bytes.duplicate().flip()).toString();
      if (text.endsWith("\n")) {
        return text;
      }
    }
    throw new AssertionError("no line");
  }

  private static void writeUntilClosed(SocketChannel channel, ByteBuffer bytes) {
    try {
      while (true) {
        channel.write(bytes.rewind());
      }
    } catch (IOException closed) {
      return; // as it must
    }
  }

  @Test
  void givesItsFilesToNobodyElse() throws IOException {
    try (TestBox box = lab.newWorkspace().open()) {
      Box started = box.box();
      Path directory = Path.of(started.socket()).getParent();
      boolean own = lab.user().own();

      assertThat(mode(box.workspace().cipher())).isEqualTo("rwx------");
      assertThat(mode(lab.host().cipher()))
          .isEqualTo(lab.user().range().isPresent() ? "rwx--x--x" : "rwx------");
      assertThat(mode(directory)).isEqualTo("rwx--x---");
      assertThat(mode(Path.of(started.socket()))).isEqualTo("rw-rw-rw-");
      if (own) {
        assertThat(uid(box.workspace().cipher())).isGreaterThanOrEqualTo(65_536);
        assertThat(uid(directory)).isEqualTo(uid(box.workspace().cipher()));
        assertThat(may("nobody", "nogroup", "-w", started.socket())).isFalse();
        assertThat(may("nobody", lab.user().name(), "-w", started.socket())).isTrue();
        assertThat(may("nobody", lab.user().name(), "-r", box.workspace().cipher() + "")).isFalse();
        assertThat(may(lab.user().name(), lab.user().name(), "-r", box.workspace().cipher() + ""))
            .as("not even by sandbox-host itself, without entering the uid range")
            .isFalse();
      }
    }
  }

  @Test
  void givesEachWorkspaceUidsOfItsOwn() {
    try (TestBox one = lab.newWorkspace().open();
        TestBox other = lab.newWorkspace().open()) {
      long first = one.process("gocryptfs").uid();
      long second = other.process("gocryptfs").uid();

      if (lab.user().range().isPresent()) {
        assertThat(Math.abs(first - second)).isGreaterThanOrEqualTo(8);
        Path secret = Path.of("/proc/" + one.process("gocryptfs").pid() + "/mem");
        assertThat(
                Command.status(
                    "setpriv", "--reuid=" + second, "--clear-groups", "cat", secret + ""))
            .isNotZero();
      }
      assertThat(first).isNotZero();
    }
  }

  @Test
  void refusesOtherUsers() {
    if (!lab.user().own()) {
      assertThat(lab.user().name()).as("only root can become another user").isNotEqualTo("root");
      return;
    }
    List<String> connect =
        List.of(
            "perl",
            "-MSocket",
            "-e",
            "socket(my $s, AF_UNIX, SOCK_STREAM, 0); connect($s, sockaddr_un(shift)) or exit 9;"
                + " syswrite($s, qq({\"id\":1,\"op\":\"list\"}\\n)); sysread($s, my $a, 99) or exit 8",
            lab.host().socket().toString());
    List<String> asNobody = new ArrayList<>(List.of("setpriv", "--reuid=nobody", "--clear-groups"));
    asNobody.addAll(connect);

    assertThat(Command.run(connect).status()).isZero();
    assertThat(Command.run(asNobody).status()).isNotZero();
  }

  private static boolean may(String user, String group, String test, String path) {
    return Command.status(
            "setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups", "test", test, path)
        == 0;
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static int uid(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:uid");
  }
}
