// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong usage in a fresh clone, on a machine that lacks everything. */
class UsageTest {
  private static final Path OURS = Path.of("").toAbsolutePath().getParent();
  @TempDir Path folder;
  private Bash bash;

  @BeforeEach
  void cloneFreshly() throws IOException {
    bash = new Bash(folder).standIn("id", "echo 1000").standIn("apt-get", "echo apt >> $SAID");
    Files.copy(OURS.resolve("coffer"), bash.checkout().resolve("coffer"));
    Files.copy(
        OURS.resolve("bench/run"),
        Files.createDirectory(bash.checkout().resolve("bench")).resolve("run"));
    Path build = Files.createDirectory(bash.checkout().resolve("build"));
    try (DirectoryStream<Path> rooms = Files.newDirectoryStream(OURS.resolve("build"), "*.sh")) {
      for (Path room : rooms) {
        Files.copy(room, build.resolve(room.getFileName()));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "up --frobnicate | this command does not know '--frobnicate'",
        "up extra | this command does not know 'extra'",
        "up --json | this command does not know '--json'",
        "up --detach --port | --port needs a value",
        "up --port 9000 --detach now | this command does not know 'now'",
        "up '--port N' | this command does not know '--port N'",
        "status extra | this command does not know 'extra'",
        "down --data | --data needs a value",
        "link ada bob | this command does not know 'bob'",
        "reset --lift | this command does not know '--lift'",
        "emergency-stop --lift --minutes 3 | this command does not know '--minutes'",
        "maintenance begin --notice '--json' --force | this command does not know '--force'",
        "audit verify a b | this command does not know 'b'",
      })
  void isOneLineAndStatus2(String words, String line) {
    assertThat(bash.run("exec $root/coffer " + words))
        .isEqualTo(new Bash.Result(2, "", "coffer: " + line + " (./coffer --help)\n"));
    assertThat(bash.said()).isEmpty();
  }

  /** The unseal key's descriptor too, with which the launcher starts itself again. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "up --set auth-service:a=--x --data '/a b' --accept-swap --unseal-key-fd 9",
        "emergency-stop --seal --unseal-key-fd 9",
        "status --json",
        "link ada",
        "maintenance begin --minutes 3 --notice '--be quick'",
        "audit verify a --heads b",
      })
  void whatIsRightGoesOnAndIsToldWhatIsMissing(String words) {
    Bash.Result result = bash.run("exec $root/coffer " + words);
    assertThat(result.status()).as(result.toString()).isEqualTo(3);
    assertThat(result.err()).startsWith("coffer: ").doesNotContain("--help");
  }

  /** It finds and builds what it needs as the launcher does. */
  @ParameterizedTest
  @ValueSource(strings = {"", "flood", "https://localhost:8484/sign-in#x echo +emergency"})
  void theBenchmarkNeedsNothingBeforehandAndIsToldWhatIsMissing(String words) {
    Bash.Result result = bash.run("exec $root/bench/run " + words);
    assertThat(result.status()).as(result.toString()).isEqualTo(3);
    assertThat(result.err()).startsWith("coffer: run this as root first: apt-get");
  }

  @Test
  void aMeasurementThatThereIsNotIsOneLineAndStatus2() {
    Bash.Result result = bash.run("exec $root/bench/run echo jumps");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err())
        .startsWith("bench/run: there is no measurement 'jumps'; there are: unlock echo")
        .hasLineCount(1);
    assertThat(bash.said()).isEmpty();
  }

  @Test
  void theHelpNeedsNothing() {
    assertThat(bash.run("exec $root/bench/run --help").out())
        .startsWith("Measures a product of its own")
        .contains("bench/run [NAME TO LEAVE OUT...]", "bench/run LINK");
    assertThat(bash.run("exec $root/coffer --help").out()).startsWith("usage: ./coffer COMMAND");
  }
}
