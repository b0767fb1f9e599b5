// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.sandboxhost.lab.Lab;
import dev.cofferdam.sandboxhost.lab.Leftover;
import dev.cofferdam.sandboxhost.lab.SandboxUser;
import dev.cofferdam.sandboxhost.lab.TestBox;
import dev.cofferdam.sandboxhost.lab.TestView;
import dev.cofferdam.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A host that was killed while it made a box leaves half of one, with a workspace's uids. */
class OrphansIT {
  @Test
  void areEndedAtTheNextStartAndNothingElseIs() throws IOException, InterruptedException {
    try (Lab lab = Lab.ofItsOwn()) {
      SandboxUser user = lab.user();
      if (user.range().isEmpty()) {
        assertThat(user.own()).as("without a range nothing tells boxes from the rest").isFalse();
        return;
      }
      // The last ones of the range: no workspace of a test gets them.
      long uid = user.range().get().first() + user.range().get().count() - 8;
      Path namesake = lab.root().resolve("bwrap");
      Files.copy(Path.of("/usr/bin/sleep"), namesake, StandardCopyOption.COPY_ATTRIBUTES);
      lab.killHost();
      // The other host looks once a minute as well, and may be the one that ends it.
      try (TestBox ofAnotherHost = Lab.shared().newWorkspace().open();
          TestView terminal = ofAnotherHost.terminal();
          Leftover otherName = Leftover.sleeper(user, uid);
          Leftover otherUid = Leftover.program(user, namesake);
          Leftover orphan = Leftover.halfABox(user, uid)) {
        assertThat(orphan.runs()).isTrue();

        lab.restartHost();

        Eventually.within(Duration.ofSeconds(10)).until("it is ended", () -> !orphan.runs());
        assertThat(otherName.runs()).isTrue();
        assertThat(otherUid.runs()).isTrue();
        assertThat(terminal.run("echo goes on")).isEqualTo("goes on\n");
      }
    }
  }
}
