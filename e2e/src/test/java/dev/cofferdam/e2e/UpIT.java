// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.testkit.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** How {@code ./coffer up} runs its parts, and how it ends: by Ctrl-C, and where a part fails. */
@ExtendWith(SharedCoffer.class)
class UpIT {
  private static final Duration START = Duration.ofMinutes(4);
  private static final Duration STOP = Duration.ofMinutes(1);
  private static final int FIRST_OF_SANDBOXES = 100_000;

  /** Real, effective, saved and of the file system: proc(5). */
  private static List<Integer> users(long pid) {
    return Processes.read(pid, "status")
        .lines()
        .filter(line -> line.startsWith("Uid:"))
        .flatMap(line -> List.of(line.substring(4).strip().split("\\s+")).stream())
        .map(Integer::valueOf)
        .toList();
  }

  @Test
  void eachPartHasAUserOfItsOwnThatIsNotRootNorASandboxs(Coffer coffer) {
    boolean root = users(ProcessHandle.current().pid()).getFirst() == 0;
    List<Integer> own = new ArrayList<>();
    for (Coffer.Part part : coffer.parts()) {
      List<Integer> users = users(part.pid());
      assertThat(users).as(part.name()).hasSize(4).containsOnly(users.getFirst());
      own.add(users.getFirst());
    }
    if (root) {
      assertThat(own).doesNotContain(0).doesNotHaveDuplicates();
      assertThat(own).allMatch(user -> user < FIRST_OF_SANDBOXES);
    } else {
      assertThat(own).containsOnly(users(ProcessHandle.current().pid()).getFirst());
    }
  }

  @Test
  void aPartThatFailsSaysItsLastLinesAndNothingIsLeftRunning(@TempDir Path folder) {
    Path data = folder.resolve("data");
    Command.Result result =
        new Command("up", "--detach", "--data", data.toString())
            .and("--port", Integer.toString(FreePort.pick()))
            .and("--set", "session-service:coffer.session.idle-seconds=0")
            .within(START)
            .run();
    assertThat(result.status()).as(result.said()).isEqualTo(1);
    assertThat(result.err())
        .contains("coffer: session-service", "  | ", "coffer.session.idle-seconds")
        .doesNotContain("Sign in: ");
    assertThat(Processes.mentioning(data.toString())).isEmpty();
    new Command("reset", "--data", data.toString()).typing("data\n").run();
  }

  @Test
  void controlCStopsEverythingInOrder(@TempDir Path folder) throws Exception {
    Path data = folder.resolve("data");
    Path out = folder.resolve("out");
    // Whoever runs tests in the background may have told their children to ignore it.
    ProcessBuilder builder =
        new ProcessBuilder(
                "env",
                "--default-signal=INT",
                Path.of("").toAbsolutePath().getParent().resolve("coffer").toString(),
                "up",
                "--data",
                data.toString(),
                "--port",
                Integer.toString(FreePort.pick()))
            .directory(Path.of("").toAbsolutePath().getParent().toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(out.toFile()));
    builder.environment().put("COFFER_SKIP_BUILD", "1");
    Process up = builder.start();
    try {
      Await.until("it to be up", START, () -> read(out).contains("Sign in: ") || !up.isAlive());
      assertThat(read(out)).contains("Sign in: ");
      Processes.signal("INT", up.pid());
      assertThat(up.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)).as(read(out)).isTrue();
    } finally {
      up.destroy();
    }
    String said = read(out);
    assertThat(said.indexOf("terminal-gateway stops")).as(said).isPositive();
    assertThat(said.indexOf("postgres stops"))
        .as("behind those that need it")
        .isGreaterThan(said.indexOf("terminal-gateway stops"));
    assertThat(Processes.mentioning(data.toString())).isEmpty();
    new Command("reset", "--data", data.toString()).typing("data\n").run();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
