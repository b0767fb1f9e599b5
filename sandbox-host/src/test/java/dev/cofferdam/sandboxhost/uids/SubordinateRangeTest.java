// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.uids;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubordinateRangeTest {
  @TempDir private Path directory;

  private Optional<SubordinateRange> range(String subuid, String subgid) throws IOException {
    Path uids = Files.writeString(directory.resolve("subuid"), subuid);
    Path gids = Files.writeString(directory.resolve("subgid"), subgid);
    return SubordinateRange.of("boxes", 999, uids, gids);
  }

  @Test
  void takesWhatIsInBothFiles() throws IOException {
    assertThat(range("a:100000:9\nboxes:200000:65536\n", "boxes:210000:65536\n"))
        .contains(new SubordinateRange(210_000, 55_536));
  }

  @Test
  void takesTheLargestOfSeveralAndKnowsTheUserByNumber() throws IOException {
    assertThat(range("boxes:100000:10\n999:300000:500\n", "999:100000:1000000\n"))
        .contains(new SubordinateRange(300_000, 500));
  }

  @Test
  void passesOverNonsenseAndIdsOfPeople() throws IOException {
    assertThat(range("boxes:0:65536\nboxes:x:1\nboxes\n\nboxes:70000:-1\n", "boxes:1:99999999\n"))
        .isEmpty();
  }

  @Test
  void isEmptyWithoutFiles() throws IOException {
    Path none = directory.resolve("none");
    assertThat(SubordinateRange.of("boxes", 999, none, none)).isEmpty();
  }
}
