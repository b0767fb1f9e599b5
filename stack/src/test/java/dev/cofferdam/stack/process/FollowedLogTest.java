// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./coffer logs -f} on logs as parts leave them. */
class FollowedLogTest {
  private static final Path CHECKOUT = Path.of("").toAbsolutePath().getParent();
  private static final int LARGER_THAN_A_FILE = 9_000_000;
  private static final int SECONDS = 20;

  private final BlockingQueue<String> shown = new ArrayBlockingQueue<>(16);
  @TempDir Path data;
  private Process following;

  /** In a group of processes of its own, as a shell would start it. */
  private void follow(String... words) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("setsid", "env", "--default-signal=INT", CHECKOUT + "/coffer", "logs");
    builder.command().addAll(List.of(words));
    builder.command().addAll(List.of("--data", data.toString()));
    following = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    Thread.ofPlatform()
        .daemon()
        .name("shown")
        .start(() -> following.inputReader().lines().forEach(this::show));
  }

  private void show(String line) {
    try {
      shown.put(line);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private PartLog log(String part) throws IOException {
    return new PartLog(Files.createDirectories(data.resolve("logs")).resolve(part + ".log"));
  }

  private String nextLine() throws InterruptedException {
    String line = shown.poll(SECONDS, TimeUnit.SECONDS);
    assertThat(line).as("a line in time").isNotNull();
    return line;
  }

  @AfterEach
  void end() {
    following.destroyForcibly();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-f", "--follow"})
  void showsWhatComesAlsoAfterTheFileWasMovedAsideAndThePartRestarted(String option)
      throws Exception {
    PartLog log = log("kafka");
    log.add("before");
    follow("kafka", option);
    assertThat(nextLine()).isEqualTo("before");
    log.add("meanwhile");
    assertThat(nextLine()).isEqualTo("meanwhile");
    log.add("x".repeat(LARGER_THAN_A_FILE));
    assertThat(nextLine()).hasSize(LARGER_THAN_A_FILE);
    log.add("in a new file");
    assertThat(data.resolve("logs/kafka.log.1")).exists();
    assertThat(nextLine()).isEqualTo("in a new file");
    log("kafka").add("of the next run");
    assertThat(nextLine()).isEqualTo("of the next run");
    assertThat(shown).isEmpty();
  }

  @Test
  void showsAllPartsAndWhoseEachLineIs() throws Exception {
    PartLog kafka = log("kafka");
    PartLog vault = log("vault");
    kafka.add("one");
    vault.add("two");
    follow("-f");
    assertThat(List.of(nextLine(), nextLine(), nextLine(), nextLine(), nextLine()))
        .containsExactly(heading("kafka"), "one", "", heading("vault"), "two");
    kafka.add("three");
    assertThat(List.of(nextLine(), nextLine(), nextLine()))
        .containsExactly("", heading("kafka"), "three");
  }

  private String heading(String part) {
    return "==> " + data.resolve("logs").resolve(part + ".log") + " <==";
  }

  /** To the whole group, as a terminal sends it. */
  @ParameterizedTest
  @ValueSource(strings = {"kafka", ""})
  void endsOnCtrlCAndLeavesNoProcess(String part) throws Exception {
    log("kafka").add("before");
    follow(part.isEmpty() ? new String[] {"-f"} : new String[] {part, "-f"});
    assertThat(nextLine()).isNotEmpty();
    assertThat(signal("INT")).isZero();
    assertThat(following.waitFor(SECONDS, TimeUnit.SECONDS)).as("ends").isTrue();
    assertThat(signal("0")).as("nobody to send a signal to").isNotZero();
  }

  private int signal(String name) throws Exception {
    return new ProcessBuilder("kill", "-" + name, "--", "-" + following.pid()).start().waitFor();
  }
}
