// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.lease;

import dev.cofferdam.session.session.Sessions;
import dev.cofferdam.session.ticket.SessionConfig;
import dev.cofferdam.session.ticket.Tickets;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/**
 * Marks sessions as locked that nobody renews: their sandboxes have locked themselves by then. Also
 * fetches the ticket key while Vault is there.
 */
@ApplicationScoped
public class LeaseSweep {
  private static final Logger LOG = Logger.getLogger(LeaseSweep.class);

  private final Sessions sessions;
  private final Tickets tickets;
  private final SessionConfig config;
  private final InstantSource clock;

  LeaseSweep(Sessions sessions, Tickets tickets, SessionConfig config, InstantSource clock) {
    this.clock = clock;
    this.sessions = sessions;
    this.tickets = tickets;
    this.config = config;
  }

  void fetchKey(@Observes StartupEvent event) {
    Thread.ofVirtual().name("ticket-key").start(this::tryFetch);
  }

  private void tryFetch() {
    try {
      tickets.signer();
    } catch (RuntimeException e) {
      LOG.infof("the ticket key is fetched later: %s", e.getMessage());
    }
  }

  @Scheduled(every = "5s", concurrentExecution = ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  void sweep() {
    Instant since = clock.instant().minusSeconds(config.forgottenSeconds());
    try {
      sessions.listForgotten(since).forEach(id -> sessions.lockForgotten(id, since));
    } catch (RuntimeException e) {
      LOG.warnf("leases could not be swept: %s", e.getMessage());
    }
  }
}
