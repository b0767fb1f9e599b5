// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.tickets;

import java.time.Duration;
import java.util.Optional;

/**
 * What ends a session although something is done in it, where somebody wants that. Each 1 s to 60
 * min, in whole seconds.
 *
 * @param command without a keystroke, a paste or a command for this long it locks itself, whatever
 *     programs do
 * @param mount without work of programs on files for this long it locks itself, whatever is typed
 */
public record Timeouts(Optional<Duration> command, Optional<Duration> mount) {
  public static final Timeouts NONE = new Timeouts(Optional.empty(), Optional.empty());

  public Timeouts {
    command.ifPresent(Timeouts::require);
    mount.ifPresent(Timeouts::require);
  }

  /** Of these and this one. */
  public Duration shortest(Duration other) {
    return shorter(mount, shorter(command, other));
  }

  private static Duration shorter(Optional<Duration> one, Duration other) {
    return one.filter(given -> given.compareTo(other) < 0).orElse(other);
  }

  private static void require(Duration given) {
    if (given.toSeconds() < 1 || given.compareTo(LeaseTerms.LONGEST_IDLE) > 0) {
      throw new IllegalArgumentException("a timeout is 1 s to 60 min");
    }
  }
}
