// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.expiry;

import dev.cofferdam.session.emergency.EmergencyStop;
import dev.cofferdam.session.maintenance.Maintenance;
import dev.cofferdam.session.session.Sessions;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Locks sessions whose time is up, each once, and all while nothing may be open. Deadlines and stop
 * are in the database.
 */
@ApplicationScoped
class Expiry {
  private static final Logger LOG = Logger.getLogger(Expiry.class);

  private final Sessions sessions;
  private final EmergencyStop stop;
  private final Maintenance maintenance;

  Expiry(Sessions sessions, EmergencyStop stop, Maintenance maintenance) {
    this.maintenance = maintenance;
    this.stop = stop;
    this.sessions = sessions;
  }

  @Scheduled(every = "5s", concurrentExecution = ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  void sweep() {
    try {
      if (stop.isOn()) {
        sessions.lockAll("emergency-stop");
      } else if (maintenance.isDue()) {
        sessions.lockAll("maintenance");
      }
      int locked = sessions.lockOverdue();
      while (locked > 0) {
        LOG.infof("%d sessions were open for as long as one may be", locked);
        locked = sessions.lockOverdue();
      }
    } catch (RuntimeException e) {
      LOG.warnf("deadlines are looked at again: %s", e.getMessage());
    }
  }
}
