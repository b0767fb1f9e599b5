// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.box;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.sandboxhost.uids.RangeUids;
import dev.cofferdam.sandboxhost.uids.SubordinateRange;
import dev.cofferdam.sandboxhost.uids.UidSlots;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CiphertextTest {
  @TempDir Path directory;

  /** It was condemned, and while it was removed a box was started. */
  @Test
  void keepsTheUidsOfAWorkspaceThatIsThereAgain() throws Exception {
    SubordinateRange range = new SubordinateRange(100_000, 8);
    UidSlots slots = new UidSlots(range, directory.resolve("uids"));
    Ciphertext ciphertext =
        new Ciphertext(directory.resolve("cipher"), new RangeUids(range, slots));
    WorkspaceId workspace = WorkspaceId.random();
    long uid = slots.require(workspace);
    Path files = Files.createDirectory(directory.resolve("cipher/" + workspace));

    ciphertext.remove(workspace);
    assertThat(slots.find(workspace)).contains(uid);

    Files.delete(files);
    ciphertext.remove(workspace);
    assertThat(slots.find(workspace)).isEmpty();
  }
}
