// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.uids;

import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.sandboxhost.process.ShortCommand;
import java.nio.file.Path;
import java.util.List;

/**
 * Without a subordinate range every box is our own uid on this host. Namespaces still keep boxes
 * apart from within, but everything that runs as this user can look into all of them.
 */
public final class OwnUid implements BoxUids {
  @Override
  public List<String> enter(WorkspaceId workspace) {
    return List.of("bwrap", "--unshare-user", "--uid", "0", "--gid", "0");
  }

  @Override
  public void give(WorkspaceId workspace, List<Path> directories) {
    // They are ours, and so are the boxes.
  }

  @Override
  public void giveKeepingGroup(WorkspaceId workspace, Path directory) {
    // It is ours as well.
  }

  /** As root of a user namespace, who may also enter directories that let nobody in. */
  @Override
  public void remove(Path tree) {
    String path = tree.toAbsolutePath().toString();
    ShortCommand.require(
        List.of("unshare", "--user", "-r", "rm", "-rf", "--one-file-system", "--", path));
  }

  @Override
  public void forget(WorkspaceId workspace) {
    // Nothing is kept.
  }

  /** Whatever else this user runs has the same. */
  @Override
  public boolean isOfABox(long uid) {
    return false;
  }

  @Override
  public boolean strangers() {
    return false;
  }
}
