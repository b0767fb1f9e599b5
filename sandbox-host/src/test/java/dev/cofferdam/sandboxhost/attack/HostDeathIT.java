// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.sandboxhost.lab.Lab;
import dev.cofferdam.sandboxhost.lab.Processes;
import dev.cofferdam.sandboxhost.lab.Processes.Found;
import dev.cofferdam.sandboxhost.lab.TestBox;
import dev.cofferdam.sandboxhost.lab.TestView;
import dev.cofferdam.sandboxhost.lab.TestWorkspace;
import dev.cofferdam.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Boxes die with the process that could end them, and its next run goes on with what is there. */
class HostDeathIT {
  @Test
  void takesTheBoxesAlongAndLosesNoFile() throws IOException {
    try (Lab lab = Lab.ofItsOwn()) {
      TestWorkspace workspace = lab.newWorkspace();
      TestBox box = workspace.open();
      TestView terminal = box.terminal();
      terminal.run("echo kept > note; sync note");
      Set<Long> pids = box.processes().stream().map(Found::pid).collect(Collectors.toSet());
      assertThat(pids).hasSizeGreaterThan(5);

      lab.killHost();

      Eventually.within(Duration.ofSeconds(1))
          .until(
              "nothing runs",
              () -> Processes.all().stream().noneMatch(p -> pids.contains(p.pid())));
      lab.restartHost();
      assertThat(lab.client().list()).isEmpty();
      try (TestBox again = workspace.open();
          TestView fresh = again.terminal()) {
        assertThat(fresh.run("cat note")).isEqualTo("kept\n");
      }
    }
  }

  @Test
  void removesAtItsNextStartWhatItHadCondemned() throws IOException {
    try (Lab lab = Lab.ofItsOwn()) {
      TestWorkspace workspace = lab.newWorkspace();
      workspace.open().close();
      lab.killHost();
      Path condemned = workspace.cipher().resolveSibling("condemned-" + workspace.id());
      Files.move(workspace.cipher(), condemned);

      lab.restartHost();

      Eventually.within(Duration.ofSeconds(5))
          .until("it is removed", () -> Files.notExists(condemned));
    }
  }
}
