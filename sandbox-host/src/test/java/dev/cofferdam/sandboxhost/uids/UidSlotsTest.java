// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.uids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.identity.WorkspaceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UidSlotsTest {
  private final SubordinateRange range = new SubordinateRange(100_000, 20);
  private final WorkspaceId one = WorkspaceId.random();
  private final WorkspaceId other = WorkspaceId.random();
  @TempDir private Path directory;
  private Path file = Path.of("");

  @BeforeEach
  void setFile() {
    file = directory.resolve("uids");
  }

  @Test
  void givesEachWorkspaceItsOwnAndKeepsItOverARestart() {
    UidSlots slots = new UidSlots(range, file);
    assertThat(slots.require(one)).isEqualTo(100_000);
    assertThat(slots.require(other)).isEqualTo(100_008);
    assertThat(slots.require(one)).isEqualTo(100_000);

    UidSlots later = new UidSlots(range, file);
    assertThat(later.require(other)).isEqualTo(100_008);
    assertThat(later.find(one)).contains(100_000L);
  }

  @Test
  void refusesOnceAllAreTakenAndTakesAReleasedOneAgain() {
    UidSlots slots = new UidSlots(range, file);
    slots.require(one);
    slots.require(other);
    WorkspaceId third = WorkspaceId.random();
    assertThatThrownBy(() -> slots.require(third)).isInstanceOf(NoUidsException.class);

    slots.release(one);
    slots.release(one);
    assertThat(slots.require(third)).isEqualTo(100_000);
  }

  @Test
  void refusesAWorkspaceWhoseRangeHasMovedAway() {
    new UidSlots(range, file).require(one);

    UidSlots moved = new UidSlots(new SubordinateRange(200_000, 20), file);
    assertThatThrownBy(() -> moved.require(one)).isInstanceOf(NoUidsException.class);
    assertThat(moved.require(other)).isEqualTo(200_000);
  }

  @Test
  void startsWithNoDamagedFile() throws IOException {
    for (String text :
        new String[] {"100000", "x " + one, "100000 " + one + "\n100000 " + other + "\n"}) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> new UidSlots(range, file)).isInstanceOf(IllegalStateException.class);
    }
  }
}
