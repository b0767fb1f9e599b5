// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.sandbox.protocol.ExitReason;
import dev.cofferdam.sandboxhost.lab.Lab;
import dev.cofferdam.sandboxhost.lab.Remains;
import dev.cofferdam.sandboxhost.lab.TestBox;
import dev.cofferdam.sandboxhost.lab.TestTickets;
import dev.cofferdam.sandboxhost.lab.TestView;
import dev.cofferdam.sandboxhost.lab.TestWorkspace;
import dev.cofferdam.terminal.protocol.ControlAnswer;
import dev.cofferdam.terminal.protocol.ControlFrame;
import dev.cofferdam.testkit.Eventually;
import dev.cofferdam.tickets.LeaseTerms;
import dev.cofferdam.tickets.TicketAction;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who has used up their storage can add nothing, reads and deletes as before, and hurts nobody. */
class QuotaIT {
  private static final long MEBIBYTE = 1024 * 1024;
  private static final long ALLOWED = 24 * MEBIBYTE;

  /** What is written until it was counted: the smallest grace, and a look's time. */
  private static final long MOST_TAKEN = ALLOWED + 64 * MEBIBYTE + 200 * MEBIBYTE;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String FILL =
      "for i in $(seq 200); do head -c 4000000 /dev/zero > fill$i || break; done 2>&1 | tail -1";

  private final Lab lab = Lab.shared();

  @Test
  void refusesWritingOnceAllIsUsedAndGivesBackWhatIsDeleted() {
    TestWorkspace workspace = lab.newWorkspace();
    String sum;
    try (TestBox box = open(workspace, ALLOWED);
        TestView terminal = box.terminal();
        TestBox neighbours = lab.newWorkspace().open();
        TestView neighbour = neighbours.terminal()) {
      sum = terminal.run("head -c 1000000 /dev/urandom > kept; md5sum < kept");
      assertThat(terminal.run(FILL)).contains("File too large");
      awaitFull(box, true);
      assertThat(taken(box)).isBetween(ALLOWED, MOST_TAKEN);
      assertThat(terminal.run("echo more >> kept; mkdir more")).contains("File too large");
      assertThat(terminal.run("md5sum < kept")).as("can be read").isEqualTo(sum);
      assertThat(terminal.run("echo x > /tmp/x && cat /tmp/x")).isEqualTo("x\n");
      assertThat(neighbour.run("head -c 4000000 /dev/zero > x && echo well")).isEqualTo("well\n");
      assertThat(box.process("gocryptfs")).as("the mount lives").isNotNull();
      terminal.run("rm fill*");
      awaitFull(box, false);
      assertThat(terminal.run("head -c 1000000 /dev/zero > more && echo well")).isEqualTo("well\n");
      assertThat(box.lock()).isInstanceOf(ControlAnswer.Done.class);
      box.awaitExit();
    }
    try (TestBox box = open(workspace, ALLOWED);
        TestView terminal = box.terminal()) {
      assertThat(terminal.run("md5sum < kept")).isEqualTo(sum);
    }
  }

  @Test
  void opensWhatIsFullSoThatItCanBeEmptied() {
    TestWorkspace workspace = lab.newWorkspace();
    try (TestBox box = open(workspace, ALLOWED);
        TestView terminal = box.terminal()) {
      terminal.run("head -c 8000000 /dev/zero > large");
      assertThat(box.lock()).isNotNull();
      box.awaitExit();
    }
    try (TestBox box = open(workspace, MEBIBYTE);
        TestView terminal = box.terminal()) {
      awaitFull(box, true);
      assertThat(terminal.run("echo x > new")).contains("File too large");
      terminal.run("rm large new");
      awaitFull(box, false);
      assertThat(terminal.run("echo x > new && cat new")).isEqualTo("x\n");
      assertThat(renew(box, 0)).as("as it was").isNotNull();
      awaitFull(box, true);
    }
  }

  @Test
  void countsWhatHasHolesOrNoName() {
    try (TestBox box = open(lab.newWorkspace(), ALLOWED);
        TestView terminal = box.terminal()) {
      terminal.run("for i in 1 2; do truncate -s 16000000 hole$i; done");
      awaitFull(box, true);
      terminal.run("rm hole*");
      awaitFull(box, false);
      terminal.run("exec 5> a 6> b; rm a b; head -c 16000000 /dev/zero >&5");
      terminal.run("head -c 16000000 /dev/zero >&6");
      awaitFull(box, true);
      terminal.run("exec 5>&- 6>&-");
      awaitFull(box, false);
    }
  }

  @Test
  void reservesNoRoomThatNobodyCounts() {
    try (TestBox box = open(lab.newWorkspace(), ALLOWED);
        TestView terminal = box.terminal()) {
      assertThat(terminal.run("touch x; fallocate -n -l 1T x")).contains("unsupported");
    }
  }

  @Test
  void locksWhereNamesAloneGoOnGrowing() {
    try (TestBox box = open(lab.newWorkspace(), 0);
        TestView terminal = box.terminal()) {
      awaitFull(box, true);
      Remains remains = Remains.of(box);
      terminal.type("perl -e 'symlink \"x\" x 200, \"s$_\" for 1..1000000'\r");
      assertThat(box.awaitExit(Duration.ofSeconds(90))).isEqualTo(ExitReason.STORAGE);
      remains.assertNone();
    }
  }

  private static TestBox open(TestWorkspace workspace, long bytes) {
    TestBox box = workspace.start();
    ControlAnswer last = box.open(TestTickets.TERMS.withStorage(bytes), workspace.wrap()).getLast();
    assertThat(last).isInstanceOf(ControlAnswer.Done.class);
    return box;
  }

  private static void awaitFull(TestBox box, boolean isFull) {
    Eventually.within(PATIENCE)
        .until(
            "full: " + isFull, () -> renew(box, -1).map(s -> s.isFull() == isFull).orElse(false));
  }

  /** With this much storage, or with no word on it. */
  private static Optional<ControlAnswer.Storage> renew(TestBox box, long bytes) {
    LeaseTerms terms = bytes < 0 ? TestTickets.TERMS : TestTickets.TERMS.withStorage(bytes);
    ControlAnswer answer =
        box.control().result(new ControlFrame.Renew(box.ticket(TicketAction.RENEW, terms)));
    return ((ControlAnswer.Renewed) answer).now().orElseThrow().storage();
  }

  private static long taken(TestBox box) {
    return renew(box, -1).orElseThrow().usedBytes();
  }
}
