// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The clock of leases counts what the machine has slept. */
class BootClockTest {
  private static final Duration SLEPT = Duration.ofHours(8);

  /** What a machine that has slept shows, time_namespaces(7): only this clock is ahead. */
  static final class Sleeper {
    private Sleeper() {}

    public static void main(String[] args) {
      System.out.println(BootClock.nanos() - System.nanoTime());
    }
  }

  @Test
  void isTheKernelsTimeSinceItsStart() throws IOException {
    double before = uptimeSeconds();
    double nanos = BootClock.nanos() / 1e9;
    assertThat(nanos).isBetween(before - 0.02, uptimeSeconds() + 0.02);
  }

  @Test
  void countsWhatTheMachineHasSlept() throws Exception {
    long awake = aheadNanos(List.of());
    long slept =
        aheadNanos(
            List.of(
                "unshare",
                "--user",
                "--map-root-user",
                "--time",
                "--boottime",
                Long.toString(SLEPT.toSeconds()),
                "--fork"));
    assertThat(Duration.ofNanos(slept - awake))
        .isBetween(SLEPT.minusMillis(100), SLEPT.plusMillis(100));
  }

  /** By how much it is ahead of the JVM's clock, in a process started by this command. */
  private static long aheadNanos(List<String> prefix) throws Exception {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Sleeper.class.getName()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    return Long.parseLong(said.strip());
  }

  private static double uptimeSeconds() throws IOException {
    return Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ")[0]);
  }
}
