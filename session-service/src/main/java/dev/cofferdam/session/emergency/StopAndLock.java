// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.emergency;

import dev.cofferdam.identity.UserId;
import dev.cofferdam.session.emergency.EmergencyStopResource.StopAnswer;
import dev.cofferdam.session.emergency.EmergencyStopResource.StopRequest;
import dev.cofferdam.session.session.Sessions;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Lets nothing open, then ends what is open: in this order nothing slips through between. */
@Singleton
class StopAndLock {
  private static final Logger LOG = Logger.getLogger(StopAndLock.class);

  private final EmergencyStop stop;
  private final Sessions sessions;

  StopAndLock(EmergencyStop stop, Sessions sessions) {
    this.stop = stop;
    this.sessions = sessions;
  }

  StopAnswer now() {
    return new StopAnswer(stop.isOn(), 0);
  }

  /** Repeating it ends what may be left. */
  StopAnswer change(StopRequest asked, Optional<UserId> by) {
    boolean stopped = asked.stops();
    stop.set(stopped, asked.seals(), by);
    int locking = stopped ? sessions.lockAll("emergency-stop") : 0;
    LOG.warnf("emergency stop: %s, %d sessions end", stopped ? "on" : "lifted", locking);
    return new StopAnswer(stopped, locking);
  }
}
