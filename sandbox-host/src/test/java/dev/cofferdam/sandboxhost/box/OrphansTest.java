// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.box;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.sandboxhost.uids.BoxUids;
import dev.cofferdam.sandboxhost.uids.OwnUid;
import dev.cofferdam.sandboxhost.uids.RangeUids;
import dev.cofferdam.sandboxhost.uids.SubordinateRange;
import dev.cofferdam.sandboxhost.uids.UidSlots;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphansTest {
  private static final SubordinateRange RANGE = new SubordinateRange(524_288, 65_536);

  @TempDir private Path directory;

  private boolean isOrphan(String name, String state, long parent, String parentName, long uid) {
    return isOrphan(name, state, parent, parentName, uid, range());
  }

  private BoxUids range() {
    return new RangeUids(RANGE, new UidSlots(RANGE, directory.resolve("uids")));
  }

  private static boolean isOrphan(
      String name, String state, long parent, String parentName, long uid, BoxUids uids) {
    List<String> status =
        List.of(
            "Name:\t" + name,
            "Umask:\t0022",
            "State:\t" + state,
            "PPid:\t" + parent,
            "Uid:\t%d\t0\t0\t0".formatted(uid),
            "Groups:\t ",
            "nonsense");
    ProcessStatus process = ProcessStatus.parse(status).orElseThrow();
    return Orphans.isOrphan(process, Optional.of(parentName), uids);
  }

  @Test
  void areBubblewrapsOfTheRangeThatNobodyWaitsFor() {
    assertThat(isOrphan("bwrap", "S (sleeping)", 1, "init", 524_288)).isTrue();
    assertThat(isOrphan("bwrap", "R (running)", 1, "systemd", 589_823)).isTrue();
    assertThat(isOrphan("bwrap", "S (sleeping)", 1200, "systemd", 524_304)).isTrue();
  }

  @Test
  void areNotTheBoxesOfAHost() {
    assertThat(isOrphan("bwrap", "S (sleeping)", 3000, "bwrap", 524_304)).isFalse();
    assertThat(isOrphan("bwrap", "S (sleeping)", 3000, "java", 524_304)).isFalse();
  }

  @Test
  void areNothingOfAnotherNameOrUidAndNothingThatHasEnded() {
    assertThat(isOrphan("sleep", "S (sleeping)", 1, "init", 524_304)).isFalse();
    assertThat(isOrphan("bwrap2", "S (sleeping)", 1, "init", 524_304)).isFalse();
    assertThat(isOrphan("bwrap", "S (sleeping)", 1, "init", 524_287)).isFalse();
    assertThat(isOrphan("bwrap", "S (sleeping)", 1, "init", 589_824)).isFalse();
    assertThat(isOrphan("bwrap", "Z (zombie)", 1, "init", 524_304)).isFalse();
    assertThat(isOrphan("bwrap", "X (dead)", 1, "init", 524_304)).isFalse();
  }

  @Test
  void areNothingWhereBoxesHaveNoUidsOfTheirOwn() {
    assertThat(isOrphan("bwrap", "S (sleeping)", 1, "init", 524_304, new OwnUid())).isFalse();
  }

  @Test
  void needAWholeStatus() {
    assertThat(ProcessStatus.parse(List.of())).isEmpty();
    assertThat(ProcessStatus.parse(List.of("Name:\tbwrap", "PPid:\t1", "Uid:"))).isEmpty();
    assertThat(ProcessStatus.parse(List.of("Name:\tbwrap", "PPid:\tx", "Uid:\t1\t1"))).isEmpty();
  }
}
