// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.uids;

import dev.cofferdam.identity.WorkspaceId;
import java.nio.file.Path;
import java.util.List;

/** Who a box is on this host, and who can touch its files. */
public sealed interface BoxUids permits RangeUids, OwnUid {
  /**
   * The start of a box's command line, up to and including {@code bwrap} and its user namespace
   * options.
   */
  List<String> enter(WorkspaceId workspace);

  /** Makes the box's root the owner of these directories and nobody else. */
  void give(WorkspaceId workspace, List<Path> directories);

  /**
   * Makes the box's root the owner of this directory; its group stays ours, so that who is in our
   * group may do what the directory's mode allows a group.
   */
  void giveKeepingGroup(WorkspaceId workspace, Path directory);

  /** Removes a tree that a box wrote; never follows a symbolic link. */
  void remove(Path tree);

  /** The workspace's files are gone. */
  void forget(WorkspaceId workspace);

  /** Whether what has this uid is a box, or the start of one, and can be nothing else. */
  boolean isOfABox(long uid);

  /** Whether others must be let through our directories for boxes to reach theirs. */
  boolean strangers();
}
