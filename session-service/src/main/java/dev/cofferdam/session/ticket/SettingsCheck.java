// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.ticket;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.OptionalInt;

/** Stops the start, before anything else happens, if a setting is out of its range. */
@ApplicationScoped
class SettingsCheck {
  private static final int FIRST = 1;
  private static final int LONGEST_LEASE = 30;
  private static final int LONGEST_IDLE = 3600;
  private static final int LONGEST_WARNING = 300;
  private static final int LONGEST_AWAY = 3600;
  private static final int A_WEEK = 7 * 24 * 3600;
  private static final int LONGEST_FORGOTTEN = 600;

  void check(@Observes @Priority(FIRST) StartupEvent event, SessionConfig config) {
    check(config);
  }

  /**
   * @throws IllegalArgumentException with a line that names the key and its range
   */
  static void check(SessionConfig config) {
    require("lease-seconds", config.leaseSeconds(), 1, LONGEST_LEASE);
    require("idle-seconds", config.idleSeconds(), 1, LONGEST_IDLE);
    OptionalInt command = config.commandTimeoutSeconds();
    OptionalInt mount = config.mountTimeoutSeconds();
    command.ifPresent(given -> require("command-timeout-seconds", given, 1, LONGEST_IDLE));
    mount.ifPresent(given -> require("mount-timeout-seconds", given, 1, LONGEST_IDLE));
    int shortestEnd =
        Math.min(
            config.idleSeconds(),
            Math.min(command.orElse(LONGEST_IDLE), mount.orElse(LONGEST_IDLE)));
    int longest = Math.min(LONGEST_WARNING, shortestEnd);
    config.warnSeconds().ifPresent(given -> require("warn-seconds", given, 1, longest));
    require("away-seconds", config.awaySeconds(), 1, LONGEST_AWAY);
    require("longest-seconds", config.longestSeconds(), 1, A_WEEK);
    int shortest = config.leaseSeconds() + 1;
    require("forgotten-seconds", config.forgottenSeconds(), shortest, LONGEST_FORGOTTEN);
  }

  private static void require(String key, int given, int lowest, int highest) {
    if (given < lowest || given > highest) {
      throw new IllegalArgumentException(
          "coffer.session.%s is %d: it takes %d to %d seconds"
              .formatted(key, given, lowest, highest));
    }
  }
}
