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
import java.util.stream.Stream;

/**
 * The encrypted directories, one for each workspace, each owned by the workspace's own uid, which
 * nobody else is given while it is there. Thread-safe.
 */
public final class Ciphertext {
  private static final String CONDEMNED = "condemned-";

  private final Path root;
  private final BoxUids uids;

  public Ciphertext(Path root, BoxUids uids) throws IOException {
    this.root = Files.createDirectories(root);
    this.uids = uids;
    String mode = uids.strangers() ? "rwx--x--x" : "rwx------";
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString(mode));
  }

  /** The workspace's directory; made and given away at the first call. */
  synchronized Path ensure(WorkspaceId workspace) throws IOException {
    Path directory = root.resolve(workspace.toString());
    if (Files.notExists(directory)) {
      Path fresh = Files.createTempDirectory(root, "new-");
      uids.give(workspace, List.of(fresh));
      Files.move(fresh, directory, StandardCopyOption.ATOMIC_MOVE);
    }
    return directory;
  }

  /**
   * Takes it out of the way, so that no box finds it any more; at once, however large it is. {@link
   * #remove} is to follow, and if we die before, it is done at the next start.
   */
  void condemn(WorkspaceId workspace) throws IOException {
    Path directory = root.resolve(workspace.toString());
    if (Files.exists(directory)) {
      Files.move(directory, condemned(workspace), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Removes for good what is condemned; may take long. */
  void remove(WorkspaceId workspace) {
    if (Files.exists(condemned(workspace))) {
      uids.remove(condemned(workspace));
    }
    forget(workspace);
  }

  /** Not while its uids are about to be given to a box: it may have been made anew meanwhile. */
  private synchronized void forget(WorkspaceId workspace) {
    if (Files.notExists(root.resolve(workspace.toString()))) {
      uids.forget(workspace);
    }
  }

  private Path condemned(WorkspaceId workspace) {
    return root.resolve(CONDEMNED + workspace);
  }

  /** What an earlier run of ours could not remove any more. */
  public void removeCondemned() {
    try (Stream<Path> entries = Files.list(root)) {
      entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.startsWith(CONDEMNED))
          .map(name -> WorkspaceId.parse(name.substring(CONDEMNED.length())))
          .forEach(this::remove);
    } catch (IOException | RuntimeException e) {
      System.err.println("condemned ciphertext stays until the next start: " + e.getMessage());
    }
  }
}
