// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.uids;

import dev.cofferdam.identity.WorkspaceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which workspace has which eight uids. Kept until the workspace's ciphertext is gone, because its
 * files belong to them; a slot that two workspaces shared would let one read the other.
 *
 * <pre>
 * file  = *line
 * line  = first-uid SP workspace-id LF      ; absolute uid, decimal
 * </pre>
 */
public final class UidSlots {
  /** Agent, cell and six to come; a /etc/subuid range of 65 536 then serves 8 192 workspaces. */
  public static final int LENGTH = 8;

  private final SubordinateRange range;
  private final Path file;
  private final Map<WorkspaceId, Long> taken;

  /**
   * @throws IllegalStateException if the file is damaged: guessing would hand out taken uids
   */
  public UidSlots(SubordinateRange range, Path file) {
    this.range = range;
    this.file = file;
    this.taken = read(file);
  }

  /**
   * The first of this workspace's eight uids; taken and written down at the first call.
   *
   * @throws NoUidsException if all are taken, or the range in /etc/subuid has moved away from under
   *     the workspace
   */
  public synchronized long require(WorkspaceId workspace) {
    Long known = taken.get(workspace);
    if (known != null) {
      return checked(known);
    }
    long fresh = findFree();
    Map<WorkspaceId, Long> after = new LinkedHashMap<>(taken);
    after.put(workspace, fresh);
    write(after);
    taken.put(workspace, fresh);
    return fresh;
  }

  public synchronized Optional<Long> find(WorkspaceId workspace) {
    return Optional.ofNullable(taken.get(workspace));
  }

  /** Gives the uids back; only once nothing on disk belongs to them. */
  public synchronized void release(WorkspaceId workspace) {
    if (!taken.containsKey(workspace)) {
      return;
    }
    Map<WorkspaceId, Long> after = new LinkedHashMap<>(taken);
    after.remove(workspace);
    write(after);
    taken.remove(workspace);
  }

  private long checked(long first) {
    if (!range.contains(first, LENGTH)) {
      throw new NoUidsException(
          "the workspace belongs to uid "
              + first
              + ", which /etc/subuid and /etc/subgid no longer give to this user");
    }
    return first;
  }

  private long findFree() {
    Set<Long> used = new HashSet<>(taken.values());
    for (long at = range.first(); range.contains(at, LENGTH); at += LENGTH) {
      if (!used.contains(at)) {
        return at;
      }
    }
    throw new NoUidsException("all subordinate uids are taken; delete a workspace");
  }

  private void write(Map<WorkspaceId, Long> slots) {
    StringBuilder text = new StringBuilder();
    slots.forEach((id, first) -> text.append(first).append(' ').append(id).append('\n'));
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.write(fresh, text.toString().getBytes(StandardCharsets.US_ASCII));
      flush(fresh);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      flush(file.toAbsolutePath().resolveSibling("."));
    } catch (IOException e) {
      throw new UncheckedIOException("can't write " + file, e);
    }
  }

  private static void flush(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static Map<WorkspaceId, Long> read(Path file) {
    Map<WorkspaceId, Long> slots = new LinkedHashMap<>();
    if (!Files.exists(file)) {
      return slots;
    }
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
        int space = line.indexOf(' ');
        slots.put(WorkspaceId.parse(line.substring(space + 1)), Long.parseLong(line, 0, space, 10));
      }
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IllegalStateException(file + " is damaged", e);
    }
    if (new HashSet<>(slots.values()).size() != slots.size()) {
      throw new IllegalStateException(file + " gives one uid to two workspaces");
    }
    return slots;
  }
}
