// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.seccomp;

import java.util.List;
import java.util.Objects;

/**
 * Which system calls a cell may make.
 *
 * @param otherwise for calls that no rule matches
 * @param rules in the order of the file
 */
public record Profile(Action otherwise, List<Rule> rules) {
  public Profile {
    Objects.requireNonNull(otherwise, "otherwise");
    rules = List.copyOf(rules);
    if (otherwise instanceof Action.Allow) {
      throw new IllegalArgumentException("a profile refuses what it does not name");
    }
  }
}
