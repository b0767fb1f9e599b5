// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.ticket;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.OptionalInt;

/** How long sandboxes may hold their key without being told anything. */
@ConfigMapping(prefix = "coffer.session")
public interface SessionConfig {
  /** A sandbox whose lease was not renewed for so long locks itself; seconds, 1 to 30. */
  @WithDefault("30")
  int leaseSeconds();

  /**
   * Without a keystroke or work on files for so long it locks itself; seconds, 1 to 3600. Less than
   * a minute is for tests.
   */
  @WithDefault("600")
  int idleSeconds();

  /**
   * So long before the idle lock or a timeout people are told; seconds, 1 to 300, at most the
   * shortest of these times. Without it a minute, or half of it if that is shorter than two
   * minutes.
   */
  OptionalInt warnSeconds();

  /**
   * Without a keystroke, a paste or a new terminal for so long it locks itself, whatever its
   * programs do; seconds, 1 to 3600. Less than a minute is for tests. Off unless it is set.
   */
  OptionalInt commandTimeoutSeconds();

  /**
   * Without work on files for so long it locks itself, whatever is typed; seconds, 1 to 3600. Less
   * than a minute is for tests. Off unless it is set.
   */
  OptionalInt mountTimeoutSeconds();

  /** Without a view of any of its terminals for so long it locks itself; seconds, 1 to 3600. */
  @WithDefault("120")
  int awaySeconds();

  /**
   * So long after it was opened a session locks, whatever is done in it; seconds, 1 to 604800,
   * which is a week. Less than an hour is for tests.
   */
  @WithDefault("43200")
  int longestSeconds();

  /** A session that nobody renewed for so long is over; seconds, above the lease, to 600. */
  @WithDefault("45")
  int forgottenSeconds();
}
