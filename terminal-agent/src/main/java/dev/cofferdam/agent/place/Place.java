// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.place;

import java.time.Instant;
import java.util.List;

/**
 * What is kept from a lock to the next unlock.
 *
 * @param lockedAt whole seconds
 * @param terminals in their order, at most 32
 */
record Place(Instant lockedAt, List<Kept> terminals) {
  Place {
    terminals = List.copyOf(terminals);
  }

  /**
   * One terminal. All of it but the size is untrusted: programs in the cell have made it.
   *
   * @param title visible characters only, at most 256
   * @param directory an absolute path, a char for each of its bytes; empty if it is not known
   * @param command what ran in the foreground, visible characters only; empty if it was the shell
   * @param output the last of it, whole lines that leave no sequence open
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and too large to copy
  record Kept(
      int columns, int rows, String title, String directory, String command, byte[] output) {}
}
