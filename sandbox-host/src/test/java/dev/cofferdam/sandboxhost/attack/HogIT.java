// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.sandbox.protocol.ExitReason;
import dev.cofferdam.sandboxhost.lab.Lab;
import dev.cofferdam.sandboxhost.lab.Processes;
import dev.cofferdam.sandboxhost.lab.Processes.Found;
import dev.cofferdam.sandboxhost.lab.TestBox;
import dev.cofferdam.sandboxhost.lab.TestView;
import dev.cofferdam.testkit.Eventually;
import dev.cofferdam.tickets.LeaseTerms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A program that wants everything gets its own sandbox's share, and its neighbours keep theirs. */
class HogIT {
  private static final Duration ECHO = Duration.ofSeconds(3);

  private final Lab lab = Lab.shared();
  private final TestBox neighbours = lab.newWorkspace().open();
  private final TestView neighbour = neighbours.terminal();

  @AfterEach
  void close() {
    neighbour.close();
    neighbours.close();
  }

  @Test
  void isHeldInControlGroupsWhereWeHaveThem() throws IOException {
    try (TestBox box = lab.newWorkspace().open()) {
      long agent = box.process("java").pid();
      for (Path group : lab.groups().byController().values()) {
        Path own = group.resolve(box.box().sandbox().toString());
        assertThat(Files.readString(own.resolve("cgroup.procs")).lines()).contains(agent + "");
      }
      box.lock();
      box.awaitExit();
      for (Path group : lab.groups().byController().values()) {
        assertThat(group.resolve(box.box().sandbox().toString())).doesNotExist();
      }
    }
  }

  @Test
  void ofProcesses() {
    try (TestBox box = lab.newWorkspace().open();
        TestView terminal = box.terminal()) {
      terminal.write("/tmp/bomb", "perl -e 'while (1) { fork or sleep 0 }' 2>/dev/null &\n");
      terminal.run("sh /tmp/bomb");
      terminal.type("sleep 1; :(){ :|:& };:\r");
      assertNeighbourIsWell();
      assertThat(box.processes().size()).as("processes in the box").isLessThan(700);
      lockUnlessEnded(box);
      box.awaitExit(Duration.ofSeconds(3));
    }
  }

  /** Where no process is left for gocryptfs, it may have ended, and the box with it. */
  private static void lockUnlessEnded(TestBox box) {
    try {
      assertThat(box.lock()).as("it can still be locked").isNotNull();
    } catch (AssertionError | IllegalStateException e) {
      box.awaitExit(Duration.ofSeconds(3));
    }
  }

  /** Not one is left for the agent, and nobody is there who would end the box. */
  @Test
  void ofAllThatTheBoxMayHaveIsEndedByItsLeaseAllTheSame() {
    LeaseTerms terms = new LeaseTerms(Duration.ofSeconds(8), Duration.ofMinutes(10), true);
    try (Lab tight = Lab.ofItsOwn(Map.of("coffer.limit.box-processes", "150"));
        TestBox box = tight.newWorkspace().start()) {
      box.open(terms, box.workspace().wrap());
      Found mount = box.process("gocryptfs");
      try (TestView terminal = box.terminal()) {
        terminal.type("exec perl -e 'while (fork) {} sleep 100'\r");
        Eventually.within(terms.lease())
            .until("no process is left", () -> box.processes().size() > 80);
        // Without a thread for it gocryptfs may end before, and the box with it.
        assertThat(box.awaitExit(terms.lease().plusSeconds(5)))
            .isIn(ExitReason.LEASE, ExitReason.BROKEN);
      }
      assertThat(Processes.all()).extracting(Found::pid).doesNotContain(mount.pid());
    }
  }

  @Test
  void ofMemoryOfOneProcess() {
    try (TestBox box = lab.newWorkspace().open();
        TestView terminal = box.terminal()) {
      String hog = "perl -e 'my @a; push @a, \"x\" x 1048576 while 1'";
      assertThat(terminal.run(hog + " 2>&1 | tail -1; echo ${PIPESTATUS[0]}"))
          .doesNotStartWith("0\n");
      assertNeighbourIsWell();
      assertThat(terminal.run("echo here I am")).isEqualTo("here I am\n");
    }
  }

  /** Each within its own limit, all together far beyond the sandbox's. */
  @Test
  void ofMemoryOfManyProcesses() throws IOException {
    try (TestBox box = lab.newWorkspace().open();
        TestView terminal = box.terminal()) {
      String hog = "perl -e 'my $a = \"x\" x 200000000; sleep 3' && echo had it all";
      terminal.run("for i in 1 2 3 4 5 6; do (" + hog + ") & done > /tmp/had 2>&1; sleep 1");
      assertNeighbourIsWell();
      assertThat(terminal.run("wait; echo here I am")).contains("here I am\n");
      Path memory = lab.groups().byController().get("memory");
      if (memory != null) {
        Path own = memory.resolve(box.box().sandbox().toString());
        assertThat(number(own.resolve("memory.max_usage_in_bytes")))
            .as("the most that it ever had, of 768 MiB")
            .isBetween(500L << 20, 768L << 20);
        assertThat(Integer.parseInt(terminal.run("grep -c 'had it all' /tmp/had").strip()))
            .as("hogs that were left alone, of six")
            .isLessThan(4);
      }
      assertThat(box.process("gocryptfs")).as("the agent and the mount live").isNotNull();
    }
  }

  @Test
  void ofTemporaryFiles() {
    try (TestBox box = lab.newWorkspace().open();
        TestView terminal = box.terminal()) {
      for (String path : new String[] {"/tmp", "/dev/shm"}) {
        assertThat(terminal.run("head -c 40000000 /dev/zero > " + path + "/x; ls -l " + path))
            .contains("No space left")
            .contains(" 8388608 ");
      }
      assertNeighbourIsWell();
    }
  }

  @Test
  void ofOneFile() {
    try (TestBox box = lab.newWorkspace().open();
        TestView terminal = box.terminal()) {
      assertThat(terminal.run("head -c 40000000 /dev/zero > x; ls -l x"))
          .contains("File size limit exceeded")
          .contains(" 16777216 ");
      assertThat(terminal.run("truncate -s 1T y; echo $?")).contains("153\n");
      assertNeighbourIsWell();
    }
  }

  @Test
  void ofOpenFiles() {
    try (TestBox box = lab.newWorkspace().open();
        TestView terminal = box.terminal()) {
      String hog = "perl -e 'open $f[$i++], \"<\", \"/etc/passwd\" or die $i while 1' 2>&1";
      assertThat(terminal.run(hog)).contains("409");
      assertNeighbourIsWell();
    }
  }

  @Test
  void ofTerminals() {
    try (TestBox box = lab.newWorkspace().open();
        TestView terminal = box.terminal()) {
      String hog = "perl -e 'open $f[$i++], \"+<\", \"/dev/ptmx\" or die $i while 1' 2>&1";
      assertThat(terminal.run(hog)).startsWith("128 at");
    }
  }

  @Test
  void ofTheProcessor() {
    try (TestBox box = lab.newWorkspace().open();
        TestView terminal = box.terminal()) {
      terminal.run("for i in 1 2 3 4 5 6 7 8; do (while :; do :; done) & done 2>/dev/null");
      assertNeighbourIsWell();
    }
  }

  private static long number(Path file) throws IOException {
    return Long.parseLong(Files.readString(file).strip());
  }

  private void assertNeighbourIsWell() {
    assertThat(neighbour.run("echo here I am", ECHO)).isEqualTo("here I am\n");
  }
}
