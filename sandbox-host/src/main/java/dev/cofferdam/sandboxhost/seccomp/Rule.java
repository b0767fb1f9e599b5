// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.seccomp;

import java.util.List;
import java.util.Objects;

/**
 * One entry of a profile. Entries of one system call are alternatives.
 *
 * @param names system calls; names this machine does not know are passed over
 * @param action what happens to them
 * @param conditions all must hold; empty for any arguments
 */
record Rule(List<String> names, Action action, List<Condition> conditions) {
  Rule {
    names = List.copyOf(names);
    Objects.requireNonNull(action, "action");
    conditions = List.copyOf(conditions);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("a rule names at least one system call");
    }
    if (conditions.stream().map(Condition::index).distinct().count() != conditions.size()) {
      // Loaders disagree on what two tests of one argument mean (runc: either, libseccomp: error).
      throw new IllegalArgumentException("a rule tests an argument once: " + names);
    }
  }
}
