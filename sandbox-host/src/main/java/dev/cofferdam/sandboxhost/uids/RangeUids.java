// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.uids;

import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.sandboxhost.process.ShortCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Eight uids for each workspace: another sandbox, and every service, is a stranger to its files and
 * processes, and we reach them through a user namespace only.
 *
 * <p>{@code unshare} (util-linux 2.38 or newer) with newuidmap(1) writes the map, and bubblewrap is
 * started inside it without making a user namespace itself.
 */
public final class RangeUids implements BoxUids {
  private final SubordinateRange range;
  private final UidSlots slots;

  public RangeUids(SubordinateRange range, UidSlots slots) {
    this.range = range;
    this.slots = slots;
  }

  @Override
  public List<String> enter(WorkspaceId workspace) {
    String map = slots.require(workspace) + ",0," + UidSlots.LENGTH;
    return List.of(
        "unshare",
        "--user",
        "--map-users=" + map,
        "--map-groups=" + map,
        "--setuid",
        "0",
        "--setgid",
        "0",
        "bwrap");
  }

  @Override
  public void give(WorkspaceId workspace, List<Path> directories) {
    ShortCommand.require(inside(map(workspace), List.of("chown", "-h", "1:1", "--"), directories));
  }

  @Override
  public void giveKeepingGroup(WorkspaceId workspace, Path directory) {
    List<String> chown = List.of("chown", "-h", "1", "--");
    ShortCommand.require(inside(map(workspace), chown, List.of(directory)));
  }

  /** We and our group are root inside, the workspace's ids start at 1. */
  private String map(WorkspaceId workspace) {
    return slots.require(workspace) + ",1," + UidSlots.LENGTH;
  }

  @Override
  public void remove(Path tree) {
    String map = range.first() + ",1," + range.count();
    ShortCommand.require(
        inside(map, List.of("rm", "-rf", "--one-file-system", "--"), List.of(tree)));
  }

  @Override
  public void forget(WorkspaceId workspace) {
    slots.release(workspace);
  }

  @Override
  public boolean isOfABox(long uid) {
    return range.contains(uid, 1);
  }

  @Override
  public boolean strangers() {
    return true;
  }

  private static List<String> inside(String map, List<String> command, List<Path> paths) {
    Stream<String> enter =
        Stream.of("unshare", "--user", "--map-users=" + map, "--map-groups=" + map, "-r");
    List<String> all = new ArrayList<>(enter.toList());
    all.addAll(command);
    paths.forEach(path -> all.add(path.toAbsolutePath().toString()));
    return all;
  }
}
