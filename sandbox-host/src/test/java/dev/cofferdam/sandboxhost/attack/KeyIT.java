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
  void neverTakesALostCiphertextForANewOne() throws IOException {
    TestWorkspace workspace = openedOnce("secret");
    remove(workspace.cipher());

    try (TestBox box = workspace.start()) {
      assertRefused(box, box.open(LATER, workspace.wrap()), "mount-refused", "damaged");
    }
    assertThat(list(workspace.cipher())).isEmpty();
  }

  @Test
  void saysDamagedWhenTheConfigurationIsMissing() throws IOException {
    TestWorkspace workspace = openedOnce("secret");
    remove(workspace.cipher().resolve("gocryptfs.conf"));

    try (TestBox box = workspace.start()) {
      assertRefused(box, box.open(LATER, workspace.wrap()), "mount-refused", "damaged");
    }
    // Not even on the word of a first opening.
    try (TestBox box = workspace.start()) {
      assertRefused(box, box.open(TestTickets.TERMS, workspace.wrap()), "mount-refused", "damaged");
    }
  }

  @Test
  void saysDamagedWhenTheCanaryIsMissingOrAltered() throws IOException {
    TestWorkspace workspace = openedOnce("secret");
    // The canary is the one regular file of the top directory that is not gocryptfs's own.
    List<Path> canary =
        list(workspace.cipher()).stream()
            .filter(Files::isRegularFile)
            .filter(file -> !file.getFileName().toString().startsWith("gocryptfs"))
            .toList();
    assertThat(canary).hasSize(1);
    flipLastByte(canary.getFirst());
    try (TestBox box = workspace.start()) {
      assertRefused(box, box.open(LATER, workspace.wrap()), "mount-refused", "damaged");
    }

    remove(canary.getFirst());
    try (TestBox box = workspace.start()) {
      assertRefused(box, box.open(LATER, workspace.wrap()), "mount-refused", "damaged");
    }
  }

  @Test
  void answersAnErrorForADamagedFileAndNotItsContent() throws IOException {
    TestWorkspace workspace = openedOnce("secret");
    List<Path> home = list(workspace.cipher()).stream().filter(Files::isDirectory).toList();
    Path file =
        list(home.getFirst()).stream()
            .filter(f -> !f.endsWith("gocryptfs.diriv") && f.toFile().length() > 0)
            .findFirst()
            .orElseThrow();
    flipLastByte(file);

    try (TestBox box = workspace.open();
        TestView terminal = box.terminal()) {
      assertThat(terminal.run("cat note 2>&1")).contains("Input/output error");
    }
  }

  @Test
  void leavesNoWayToWriteBelowTheMountPoint() throws IOException {
    Path below = lab.host().root().resolve("scratch/empty");

    assertThat(list(below)).isEmpty();
    try (TestBox box = lab.newWorkspace().start()) {
      assertThat(Command.status("touch", box.root() + "/plain/x")).isNotZero();
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

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }

  private static void flipLastByte(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
  }

  private static void remove(Path path) {
    Command.require("rm", "-rf", path.toString());
  }
}
