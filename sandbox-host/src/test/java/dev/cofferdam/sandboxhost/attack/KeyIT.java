// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.sandbox.protocol.ExitReason;
import dev.cofferdam.sandboxhost.lab.Command;
import dev.cofferdam.sandboxhost.lab.Lab;
import dev.cofferdam.sandboxhost.lab.TestBox;
import dev.cofferdam.sandboxhost.lab.TestTickets;
import dev.cofferdam.sandboxhost.lab.TestVault;
import dev.cofferdam.sandboxhost.lab.TestView;
import dev.cofferdam.sandboxhost.lab.TestWorkspace;
import dev.cofferdam.terminal.protocol.ControlAnswer;
import dev.cofferdam.testkit.Eventually;
import dev.cofferdam.tickets.LeaseTerms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tokens that are not the workspace's own, and ciphertext that is not what it was. */
class KeyIT {
  private static final LeaseTerms LATER =
      new LeaseTerms(Duration.ofSeconds(30), Duration.ofMinutes(10), false);

  private final Lab lab = Lab.shared();

  @Test
  void refusesATokenThatSomebodyElseUsedFirst() {
    TestWorkspace workspace = lab.newWorkspace();
    String token = workspace.wrap();
    lab.vault().steal(token);

    try (TestBox box = workspace.start()) {
      assertRefused(box, box.open(TestTickets.TERMS, token), "key-refused", "token-spent");
    }
  }

  @Test
  void refusesATokenThatHasExpired() {
    TestWorkspace workspace = lab.newWorkspace();
    String token =
        lab.vault()
            .wrap(TestVault.keyName(workspace.id()), workspace.wrappedKey(), Duration.ofSeconds(1));
    Eventually.within(Duration.ofSeconds(5))
        .until("it has expired", () -> !lab.vault().isUnspent(token));

    try (TestBox box = workspace.start()) {
      assertRefused(box, box.open(TestTickets.TERMS, token), "key-refused", "token-spent");
    }
  }

  @Test
  void refusesATokenOfAnotherWorkspaceWithoutSpendingIt() {
    TestWorkspace other = lab.newWorkspace();
    String token = other.wrap();

    try (TestBox box = lab.newWorkspace().start()) {
      assertRefused(box, box.open(TestTickets.TERMS, token), "key-refused", "token-foreign");
    }
    assertThat(lab.vault().isUnspent(token)).isTrue();
  }

  @Test
  void refusesATokenThatWrapsSomethingElse() {
    String token =
        lab.vault()
            .wrapped(
                "sys/wrapping/wrap", Map.of("plaintext", "A".repeat(44)), Duration.ofMinutes(1));

    try (TestBox box = lab.newWorkspace().start()) {
      assertRefused(box, box.open(TestTickets.TERMS, token), "key-refused", "token-foreign");
    }
  }

  @Test
  void refusesWhatIsNoTokenAtAll() {
    for (String token : List.of("", "x", "a\r\nX-Vault-Token: b", "\"}")) {
      try (TestBox box = lab.newWorkspace().start()) {
        List<ControlAnswer> answers = box.open(TestTickets.TERMS, token);

        assertThat(answers.getLast()).isInstanceOf(ControlAnswer.Failed.class);
        assertThat(box.awaitExit()).isEqualTo(ExitReason.OPEN_FAILED);
      }
    }
  }

  /** Another key of the right length under the workspace's own transit key. */
  @Test
  void neverMountsWithAWrongKey() {
    TestWorkspace workspace = openedOnce("secret");
    String otherKey =
        lab.vault()
            .wrapped(
                "transit/decrypt/" + TestVault.keyName(workspace.id()),
                Map.of("ciphertext", lab.vault().newWrappedKey(TestVault.keyName(workspace.id()))),
                Duration.ofMinutes(1));

    try (TestBox box = workspace.start()) {
      List<ControlAnswer> answers = box.open(LATER, otherKey);

      assertThat(answers.getFirst()).extracting("name").isEqualTo("key-released");
      assertRefused(box, answers, "mount-refused", "wrong-key");
    }
    assertOpensWith(workspace, "secret");
  }

  @Test
  void neverTakesALostCiphertextForANewOne() {
    TestWorkspace workspace = openedOnce("secret");
    workspace.tamper("find", workspace.cipher() + "", "-mindepth", "1", "-delete");

    try (TestBox box = workspace.start()) {
      assertRefused(box, box.open(LATER, workspace.wrap()), "mount-refused", "damaged");
    }
    assertThat(workspace.tamper("ls", "-A", workspace.cipher() + "")).isEmpty();
  }

  /** As a first opening leaves it that something cut short: nobody has written to it. */
  @Test
  void makesAnewWhatAFirstOpeningHasNotFinished() {
    TestWorkspace workspace = openedOnce("");
    String made = "gocryptfs -init -q -scryptn 10 " + workspace.cipher();
    String conf = workspace.cipher() + "/gocryptfs.conf";
    workspace.tamper(
        "sh",
        "-c",
        "find "
            + workspace.cipher()
            + " -mindepth 1 -delete; echo part | "
            + made
            + "; chmod a+r "
            + conf);

    try (TestBox box = workspace.start()) {
      assertRefused(box, box.open(LATER, workspace.wrap()), "mount-refused", "wrong-key");
    }
    try (TestBox box = workspace.start()) {
      assertThat(box.open(TestTickets.TERMS, workspace.wrap()).getLast())
          .isInstanceOf(ControlAnswer.Done.class);
    }
  }

  @Test
  void neverMakesAnewWhatSomethingWasWrittenTo() {
    TestWorkspace workspace = openedOnce("secret");
    String made = "gocryptfs -init -q -scryptn 10 ";
    String conf = workspace.cipher() + "/gocryptfs.conf";
    workspace.tamper(
        "sh", "-c", "d=$(mktemp -d); echo part | " + made + "$d; cat $d/gocryptfs.conf > " + conf);

    try (TestBox box = workspace.start()) {
      assertRefused(
          box, box.open(TestTickets.TERMS, workspace.wrap()), "mount-refused", "wrong-key");
    }
  }

  @Test
  void saysDamagedWhenTheConfigurationIsMissing() {
    TestWorkspace workspace = openedOnce("secret");
    workspace.tamper("rm", workspace.cipher() + "/gocryptfs.conf");

    try (TestBox box = workspace.start()) {
      assertRefused(box, box.open(LATER, workspace.wrap()), "mount-refused", "damaged");
    }
    // Not even on the word of a first opening.
    try (TestBox box = workspace.start()) {
      assertRefused(box, box.open(TestTickets.TERMS, workspace.wrap()), "mount-refused", "damaged");
    }
  }

  @Test
  void saysDamagedWhenTheCanaryIsMissingOrAltered() {
    TestWorkspace workspace = openedOnce("secret");
    String canary = canaryOf(workspace);
    flipLastByte(workspace, canary);
    try (TestBox box = workspace.start()) {
      assertRefused(box, box.open(LATER, workspace.wrap()), "mount-refused", "damaged");
    }

    workspace.tamper("rm", canary);
    try (TestBox box = workspace.start()) {
      assertRefused(box, box.open(LATER, workspace.wrap()), "mount-refused", "damaged");
    }
  }

  /** With its configuration and its canary intact. */
  @Test
  void saysDamagedWhenTheDirectoryOfFilesIsMissingOrUnreadable() {
    TestWorkspace workspace = openedOnce("secret");
    String names = directoryOfFiles(workspace) + "/gocryptfs.diriv";
    workspace.tamper("sh", "-c", "head -c 16 /dev/urandom > " + names);
    try (TestBox box = workspace.start()) {
      assertRefused(box, box.open(LATER, workspace.wrap()), "mount-refused", "damaged");
    }

    workspace.tamper("rm", names);
    try (TestBox box = workspace.start()) {
      assertRefused(box, box.open(LATER, workspace.wrap()), "mount-refused", "damaged");
    }

    workspace.tamper("rm", "-r", directoryOfFiles(workspace));
    try (TestBox box = workspace.start()) {
      assertRefused(box, box.open(LATER, workspace.wrap()), "mount-refused", "damaged");
    }
    assertThat(directoryOfFiles(workspace)).as("made anew").isEmpty();
  }

  @Test
  void answersAnErrorForADamagedFileAndNotItsContent() {
    TestWorkspace workspace = openedOnce("secret");
    // The note is one of them; a shell that is told to hang up leaves its history beside it.
    filesOf(workspace).forEach(file -> flipLastByte(workspace, file));

    try (TestBox box = workspace.open();
        TestView terminal = box.terminal()) {
      assertThat(terminal.run("cat note 2>&1")).contains("Input/output error");
    }
  }

  @Test
  void leavesNoWayToWriteBelowTheMountPoint() throws IOException {
    Path below = lab.host().root().resolve("scratch/empty");

    try (TestBox box = lab.newWorkspace().start()) {
      List<String> touch = List.of("touch", box.root() + "/plain/x");
      assertThat(Command.run(lab.user().reaching(touch)).output())
          .containsAnyOf("Read-only", "Permission denied");
    }
    try (Stream<Path> entries = Files.list(below)) {
      assertThat(entries).isEmpty();
    }
  }

  private TestWorkspace openedOnce(String content) {
    TestWorkspace workspace = lab.newWorkspace();
    try (TestBox box = workspace.open();
        TestView terminal = box.terminal()) {
      terminal.run("echo " + content + " > note");
      box.lock();
      box.awaitExit();
    }
    return workspace;
  }

  private void assertOpensWith(TestWorkspace workspace, String content) {
    try (TestBox box = workspace.open();
        TestView terminal = box.terminal()) {
      assertThat(terminal.run("cat note")).isEqualTo(content + "\n");
    }
  }

  private void assertRefused(TestBox box, List<ControlAnswer> answers, String what, String reason) {
    assertThat(answers.getLast())
        .isInstanceOf(ControlAnswer.Failed.class)
        .extracting("slug")
        .isEqualTo(reason);
    assertThat(box.awaitExit()).isEqualTo(ExitReason.OPEN_FAILED);
    String record = "{\"security\":\"" + what + "\",\"reason\":\"" + reason + "\"";
    String sandbox = box.box().sandbox().toString();
    Eventually.within(Duration.ofSeconds(5))
        .until(
            "a record of " + reason,
            () ->
                lab.host().log().stream()
                    .anyMatch(line -> line.startsWith(record) && line.contains(sandbox)));
  }

  /**
   * The oldest regular file of the top directory that is not gocryptfs's own: the canary is written
   * at the first opening, the place, which is its only neighbour, at each lock.
   */
  private static String canaryOf(TestWorkspace workspace) {
    String oldest =
        "find \"$1\" -maxdepth 1 -type f ! -name 'gocryptfs*' -printf '%T@ %p\\n'"
            + " | sort -n | head -n 1 | cut -d ' ' -f 2-";
    return workspace.tamper("sh", "-c", oldest, "sh", workspace.cipher().toString()).strip();
  }

  /** The only directory in the top one. */
  private static String directoryOfFiles(TestWorkspace workspace) {
    String cipher = workspace.cipher().toString();
    return workspace
        .tamper("find", cipher, "-mindepth", "1", "-maxdepth", "1", "-type", "d")
        .strip();
  }

  /** The ciphertext of the user's files that are not empty. */
  private static List<String> filesOf(TestWorkspace workspace) {
    String cipher = workspace.cipher().toString();
    return workspace
        .tamper(
            "find",
            cipher,
            "-mindepth",
            "2",
            "-type",
            "f",
            "!",
            "-name",
            "gocryptfs*",
            "-size",
            "+0")
        .lines()
        .toList();
  }

  private static void flipLastByte(TestWorkspace workspace, String file) {
    workspace.tamper(
        "perl",
        "-e",
        "open my $f, '+<', shift or die; binmode $f; seek $f, -1, 2; read $f, my $b, 1;"
            + " seek $f, -1, 2; print $f chr(ord($b) ^ 1); close $f or die",
        file);
  }
}
