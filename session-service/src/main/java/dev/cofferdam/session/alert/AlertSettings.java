// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.alert;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Stops the start, before anything else happens, if a setting is out of its range. */
@ApplicationScoped
class AlertSettings {
  private static final Logger LOG = Logger.getLogger(AlertSettings.class);
  private static final int FIRST = 1;
  private static final int WRONG_CONFIGURATION = 78; // EX_CONFIG of sysexits(3)
  private static final int MOST_REFUSALS = 10_000;
  private static final int AN_HOUR = 60;

  void check(@Observes @Priority(FIRST) StartupEvent event, AlertConfig config) {
    try {
      check(config);
    } catch (IllegalArgumentException e) {
      LOG.error(e.getMessage());
      if (LaunchMode.current() == LaunchMode.NORMAL) {
        // Stopping in order waits for parts of this process that were not started yet.
        Runtime.getRuntime().halt(WRONG_CONFIGURATION);
      }
      throw e;
    }
  }

  /**
   * @throws IllegalArgumentException with a line that names the key and what it takes
   */
  static void check(AlertConfig config) {
    require("many-refusals", config.manyRefusals(), 2, MOST_REFUSALS);
    require("many-refusals-minutes", config.manyRefusalsMinutes(), 1, AN_HOUR);
    Webhook.of(config);
  }

  private static void require(String key, int given, int lowest, int highest) {
    if (given < lowest || given > highest) {
      throw new IllegalArgumentException(
          "coffer.alerts.%s is %d: it takes %d to %d".formatted(key, given, lowest, highest));
    }
  }
}
