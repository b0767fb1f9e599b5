// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.stack.place.PartUser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpawnerTest {
  private static String output(Launch launch) throws Exception {
    Process process = new Spawner(false, PartUser::name).start(launch);
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void handsSecretsOverOnStandardInputAlone() throws Exception {
    Launch launch =
        new Launch(
            List.of("sh", "-c", "cat; tr '\\0' ' ' < /proc/$$/cmdline; env"),
            PartUser.AUTH,
            Map.of("password", "hunter2"),
            false,
            Launch.Rights.NONE);
    String output = output(launch);
    assertThat(output).startsWith("{\"password\":\"hunter2\"}\n");
    assertThat(output.substring(output.indexOf('\n'))).doesNotContain("hunter2");
    assertThat(launch.toString()).doesNotContain("hunter2");
  }

  @Test
  void givesPartsABareEnvironmentASessionAndNoNewPrivileges() throws Exception {
    String output =
        output(
            Launch.of(
                PartUser.AUTH,
                List.of(
                    "sh",
                    "-c",
                    "env; grep NoNewPrivs /proc/self/status; ps -o sid= -p $$; echo $$")));
    assertThat(output).contains("NoNewPrivs:\t1").doesNotContain("JAVA_HOME");
    List<String> lines = output.strip().lines().map(String::strip).toList();
    assertThat(lines.get(lines.size() - 2)).isEqualTo(lines.getLast());
  }

  @Test
  void keepsInputOpenForWhoIsHandedMoreLater() throws Exception {
    Launch launch =
        new Launch(
            List.of("sh", "-c", "read first; read second; echo $second"),
            PartUser.KAFKA,
            Map.of("a", "b"),
            true,
            Launch.Rights.NONE);
    Process process = new Spawner(false, PartUser::name).start(launch);
    process.getOutputStream().write(Launch.line(Map.of("c", "d")).getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("{\"c\":\"d\"}\n");
  }

  /** Its sandboxes count as its own, so it has all that we may give. */
  @Test
  void givesWhoStartsSandboxesAllProcessesThereMayBe() throws Exception {
    String before = processes(Files.readString(Path.of("/proc/self/limits")));
    limitUs("20000");
    try {
      assertThat(processesOf(Launch.Rights.NONE)).startsWith("20000 ");
      assertThat(processesOf(Launch.Rights.SET_USER_ID)).matches("(unlimited|[0-9]+) \\1");
    } finally {
      limitUs(before.split(" ")[0]);
    }
  }

  /** The soft limit, which may be raised again. */
  private static void limitUs(String processes) {
    String pid = ProcessHandle.current().pid() + "";
    ShortCommand.require("prlimit", "--pid", pid, "--nproc=" + processes + ":");
  }

  private static String processesOf(Launch.Rights rights) throws Exception {
    List<String> command = List.of("cat", "/proc/self/limits");
    return processes(output(new Launch(command, PartUser.SANDBOX, Map.of(), false, rights)));
  }

  /** The soft and the hard limit. */
  private static String processes(String limits) {
    return limits
        .lines()
        .filter(line -> line.startsWith("Max processes"))
        .map(line -> line.split(" +")[2] + " " + line.split(" +")[3])
        .findFirst()
        .orElseThrow(() -> new AssertionError(limits));
  }
}
