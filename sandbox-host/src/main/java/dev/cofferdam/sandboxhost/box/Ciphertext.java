// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.box;

import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.sandboxhost.uids.BoxUids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The encrypted directories, one for each workspace, each owned by the workspace's own uid. */
public final class Ciphertext {
  private final Path root;
  private final BoxUids uids;

  public Ciphertext(Path root, BoxUids uids) throws IOException {
    this.root = Files.createDirectories(root);
    this.uids = uids;
    String mode = uids.strangers() ? "rwx--x--x" : "rwx------";
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString(mode));
  }

  /** The workspace's directory; made and given away at the first call. */
  Path ensure(WorkspaceId workspace) throws IOException {
    Path directory = root.resolve(workspace.toString());
    if (Files.notExists(directory)) {
      Path fresh = Files.createTempDirectory(root, "new-");
      uids.give(workspace, List.of(fresh));
      Files.move(fresh, directory, StandardCopyOption.ATOMIC_MOVE);
    }
    return directory;
  }

  /** Removes it for good; nothing happens if there is none. */
  void destroy(WorkspaceId workspace) {
    Path directory = root.resolve(workspace.toString());
    if (Files.exists(directory)) {
      uids.remove(directory);
    }
    uids.forget(workspace);
  }
}
