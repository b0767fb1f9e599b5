// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.pty4j.PtyProcessBuilder;
import dev.cofferdam.agent.kernel.PtyMaster;
import dev.cofferdam.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The library tells itself of a program's end with a byte; it must not get anywhere else. */
class PtyProgramTest {
  private static final Eventually SOON = Eventually.within(Duration.ofSeconds(10));

  private static PtyProgram start(String script, String name) throws IOException {
    return PtyProgram.start(new PtyProcessBuilder(new String[] {"/bin/sh", "-c", script, name}));
  }

  private static boolean libraryWaitsFor(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().contains(name));
  }

  @Test
  void itsNumberStaysTakenUntilTheLibraryIsDoneWithIt() throws Exception {
    String name = UUID.randomUUID().toString();
    PtyProgram program = start("trap '' HUP; echo ready; while :; do sleep 60 & wait; done", name);
    Path number = Path.of("/proc/self/fd", Integer.toString(program.master()));
    assertThat(Files.readSymbolicLink(number)).hasToString("/dev/ptmx");
    PtyMaster pty = new PtyMaster(program.master());
    assertThat(pty.awaitReadable(10_000)).as("its trap is set").isTrue();
    pty.close();
    assertThat(Files.readSymbolicLink(number).toString()).contains("eventfd");
    Thread release = Thread.ofPlatform().start(program::release);
    SOON.until("waits", () -> release.getState() == Thread.State.WAITING);
    assertThat(libraryWaitsFor(name)).isTrue();
    assertThat(Files.readSymbolicLink(number).toString()).contains("eventfd");
    program.kill();
    release.join();
    assertThat(libraryWaitsFor(name)).isFalse();
    assertThat(program.exitCode()).isEqualTo(128 + 9);
  }
}
