// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.model;

import java.util.List;
import java.util.Optional;

/**
 * Where in a sequence a command stands.
 *
 * @param fresh the number that a session gets which this command opens
 * @param known numbers of those that were there before, the newest last
 */
record Step(int fresh, List<Integer> known) {
  /** Of the session that so many are newer than; empty if there are not that many. */
  Optional<Integer> number(int newer) {
    return newer < known.size()
        ? Optional.of(known.get(known.size() - 1 - newer))
        : Optional.empty();
  }

  /** Of a command at the same time. */
  Step beside() {
    return new Step(fresh + 1, known);
  }
}
