// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A setting that there is not stops the start, through whichever door it comes. */
class SettingsIT {
  private static final Path GATEWAY =
      Path.of("").toAbsolutePath().resolveSibling("terminal-gateway/target/quarkus-app");

  @TempDir Path folder;

  private Command up() {
    return new Command("up", "--detach", "--data", folder.resolve("data").toString());
  }

  @Test
  void onTheCommandLineBeforeAnythingIsStarted() {
    Command.Result result = up().and("--set", "terminal-gateway:coffer.leese.every=2s").run();
    assertThat(result.status()).as(result.said()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo(
            "coffer: --set: coffer.leese.every is no setting of terminal-gateway: did you mean"
                + " coffer.lease.every? (./coffer --help)\n");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void inTheSupervisorsEnvironment() {
    Command.Result result = up().environment("COFFER_DTA", "/srv").run();
    assertThat(result.status()).as(result.said()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo("coffer: COFFER_DTA is no setting of supervisor: did you mean COFFER_DATA?\n");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void inAPropertyOfAService() throws IOException, InterruptedException {
    assertRefused(
        gateway("-Dcoffer.lease.evry=2s"),
        "coffer.lease.evry is no setting of terminal-gateway: did you mean coffer.lease.every?\n");
  }

  @Test
  void inAServicesEnvironment() throws IOException, InterruptedException {
    ProcessBuilder start = gateway("-Dcoffer.lease.every=2s");
    start.environment().put("COFFER_LEESE_EVERY", "2s");
    assertRefused(
        start,
        "COFFER_LEESE_EVERY is no setting of terminal-gateway: did you mean COFFER_LEASE_EVERY?\n");
  }

  @Test
  void inAServicesConfigurationFile() throws IOException, InterruptedException {
    Path file = Files.createDirectory(folder.resolve("config")).resolve("application.properties");
    Files.writeString(file, "coffer.trusted-proxy=10.0.0.1\n");
    assertRefused(
        gateway("-Dcoffer.lease.every=2s"),
        "coffer.trusted-proxy is no setting of terminal-gateway: did you mean"
            + " coffer.trusted-proxies?\n");
  }

  private ProcessBuilder gateway(String word) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder start =
        new ProcessBuilder(List.of(java, word, "-jar", GATEWAY + "/quarkus-run.jar"))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile());
    start.environment().keySet().removeIf(name -> name.startsWith("COFFER_"));
    return start;
  }

  private void assertRefused(ProcessBuilder start, String line)
      throws IOException, InterruptedException {
    Process process = start.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readString(folder.resolve("said"), UTF_8)).isEqualTo(line);
    assertThat(process.exitValue()).isEqualTo(1);
  }
}
